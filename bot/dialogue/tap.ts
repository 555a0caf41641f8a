/** What a tap on a choice sends: how programs without a LINE client press a button. */
import type { Choice, Message } from './types.ts';

/** A typed line as a resident of a terminal means it: the label of a visible choice is a tap, anything else is text. */
export function typedOrTapped(line: string, visible: readonly Choice[]): Message {
  const choice = visible.find(({ label }) => label === line.trim());
  if (choice?.does.kind === 'button') return { kind: 'button', button: choice.does.button };
  if (choice?.does.kind === 'say') return { kind: 'text', text: choice.does.text };
  return { kind: 'text', text: line };
}
