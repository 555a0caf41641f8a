/** A flow as a Mermaid diagram, in the words of people: questions from top to bottom, the conditions on the arrows, what is told at the end. */

import { conditionTexts } from './condition-text.ts';
import type { Conditions, Flow, Language } from './library.ts';
import { nameOf } from './question-text.ts';

export function diagramOf(flow: Flow, language: Language): string {
  const label = (when: Conditions) => {
    const lines = conditionTexts(when, flow, language);
    return lines.length === 0 ? '' : `|"${lines.map(quoted).join('<br>')}"|`;
  };
  const questions = flow.ask.map((question) => `  ${question.slot}["${quoted(nameOf(language, question))}"]`);
  const arrows = flow.ask
    .slice(1)
    .map(({ slot, when }, index) => `  ${flow.ask[index]?.slot} -->${label(when)} ${slot}`);
  const tells = flow.tell.map(
    ({ text, when }) => `  answers -->${label(when)} ${id(text)}(["${quoted(headline(text, flow, language))}"])`,
  );
  const last = flow.ask.at(-1)?.slot ?? 'start';
  return ['flowchart TD', ...questions, ...arrows, `  ${last} --> answers{{"答え"}}`, ...tells].join('\n');
}

/** The beginning of a text, or the title of its card: what a person knows it by. */
export function headline(text: string, flow: Flow, language: Language): string {
  const [variant] = language.texts.get(`${flow.id}.${text}`) ?? [];
  const words = (variant?.card?.title ?? variant?.text ?? []).map((part) => (typeof part === 'string' ? part : '…'));
  const [line = text] = words.join('').split('\n');
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

const longest = 24;

/** Mermaid ends a label at a quotation mark. */
function quoted(text: string): string {
  return text.replaceAll('"', '#quot;');
}

function id(text: string): string {
  return `tell_${text.replaceAll('-', '_')}`;
}
