/** A condition as people read it: 「時期: 更新できる」. */
import type { Conditions, Flow, Language } from './library.ts';
import { nameOf, questionText } from './question-text.ts';

/** A line for each fact; none when it always fits. */
export function conditionTexts(when: Conditions, flow: Flow, language: Language): string[] {
  return Object.entries(when).map(([fact, values]) => {
    const question = flow.ask.find(({ slot }) => slot === fact);
    const words = question && questionText(language, question);
    const named = language.facts.get(fact);
    const name = question ? nameOf(language, question) : (named?.name ?? fact);
    const labels = values.map((value) => {
      if (words?.choices[value]) return words.choices[value].label;
      return question !== undefined && question.kind !== 'choice'
        ? (dateWords[value] ?? value)
        : (named?.values[value] ?? value);
    });
    return `${name}: ${labels.join('・')}`;
  });
}

/** For conditions a date is known or it is not. */
const dateWords: Readonly<Record<string, string>> = { known: 'わかった', unknown: 'わからない' };
