/** A flow as a Mermaid diagram: questions from top to bottom, the conditions on the arrows, what is told at the end. */

import type { Conditions, Flow, Language } from './library.ts';
import { nameOf } from './question-text.ts';

export function diagramOf(flow: Flow, language: Language): string {
  const questions = flow.ask.map((question) => `  ${question.slot}["${nameOf(language, question)}"]`);
  const arrows = flow.ask
    .slice(1)
    .map(({ slot, when }, index) => `  ${flow.ask[index]?.slot} -->${label(when)} ${slot}`);
  const tells = flow.tell.map(({ text, when }) => `  answers -->${label(when)} ${id(text)}(["${text}"])`);
  const last = flow.ask.at(-1)?.slot ?? 'start';
  return ['flowchart TD', ...questions, ...arrows, `  ${last} --> answers{{"答え"}}`, ...tells].join('\n');
}

function label(when: Conditions): string {
  const conditions = Object.entries(when).map(([name, values]) => `${name}: ${values.join('・')}`);
  return conditions.length === 0 ? '' : `|"${conditions.join('<br>')}"|`;
}

function id(text: string): string {
  return `tell_${text.replaceAll('-', '_')}`;
}
