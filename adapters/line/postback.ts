/** Buttons ↔ LINE's postback `data`: at most 300 UTF-16 units, no personal data in it, readable in a log. */
import type { Action, Button } from '../../bot/dialogue/types.ts';
import { commands, reminderActs } from '../../bot/dialogue/types.ts';

/** `flow=renewal&slot=visitor&meaning=1a2b3c4d&value=self`, or `do=faq&what=bring`. */
export function encodeButton(button: Button): string {
  if (button.kind === 'unreadable') throw new Error('a button that could not be read is never sent');
  if (button.kind === 'do') return new URLSearchParams(fieldsOf(button.action)).toString();
  const { flow, slot, meaning, value } = button;
  return new URLSearchParams({ flow, slot, meaning, ...(value !== '' && { value }) }).toString();
}

/** `date` is what the picker chose, with a time where it asks for one. Data of another bot, or another age, is `unreadable`, never an error. */
export function decodeButton(data: string, date?: string): Button {
  const fields = new URLSearchParams(data);
  const read = (name: string) => fields.get(name) ?? '';
  const action = actionOf(read('do'), read('what'));
  if (action) return { kind: 'do', action };
  const button = { flow: read('flow'), slot: read('slot'), meaning: read('meaning'), value: date ?? read('value') };
  const isWhole = Object.values(button).every((field) => field !== '');
  return isWhole ? { kind: 'answer', ...button } : { kind: 'unreadable' };
}

function fieldsOf(action: Action): Record<string, string> {
  switch (action.kind) {
    case 'command':
      return { do: 'command', what: action.command };
    case 'flow':
      return { do: 'flow', what: action.flow };
    case 'faq':
      return { do: 'faq', what: action.faq };
    case 'more':
      return { do: 'more', what: action.text };
    case 'language':
      return { do: 'language', what: action.language };
    case 'person':
      return { do: 'person', what: action.person };
    case 'reminder':
      return { do: action.act, what: action.person };
    case 'ask':
      return { do: 'ask', what: [action.flow, action.slot, action.person ?? []].flat().join('.') };
  }
}

function actionOf(kind: string, what: string): Action | undefined {
  const command = commands.find((name) => name === what);
  if (kind === 'command') return command && { kind, command };
  if (kind === 'flow' && what) return { kind, flow: what };
  if (kind === 'more' && what) return { kind, text: what };
  if (kind === 'language' && what) return { kind, language: what };
  if (kind === 'person' && what) return { kind, person: what };
  const act = reminderActs.find((name) => name === kind);
  if (act && what) return { kind: 'reminder', act, person: what };
  const [flow, slot, person] = what.split('.');
  if (kind === 'ask' && flow && slot) return { kind, flow, slot, ...(person && { person }) };
  return kind === 'faq' && what ? { kind, faq: what } : undefined;
}
