/** The texts that every flow shares, and the facts that the dialogue hands to each. `content/<language>/common.yaml` must have them all. */
import type { FactKind } from '../rules/rule.ts';

export const commonTexts = {
  greeting: {},
  menu: {},
  'rich-menu': {},
  more: {},
  continue: {},
  'way-back': {},
  respelt: { read: 'date' },
  noted: { name: 'text' },
  corrected: { name: 'text' },
  'no-longer-fits': { name: 'text' },
  'not-used': { name: 'text' },
  'taken-back': { name: 'text' },
  revisit: { name: 'text', others: ['yes', 'no'] },
  'nothing-before': {},
  'which-year-missing': { monthDay: 'text', example: 'date' },
  'which-one': { read: 'text' },
  'which-year': {},
  'after-idle': {},
  'not-understood': {},
  'offer-human': {},
  human: {},
  language: {},
  forgotten: {},
  'started-over': {},
  hello: {},
  thanks: { goesOn: ['yes', 'no'] },
  'out-of-scope': {},
  secret: {},
  'too-long': {},
  media: {},
  'stale-button': {},
  changed: {},
  'changed-kept': { kept: 'text' },
  group: {},
  sorry: {},
} as const satisfies Readonly<Record<string, Readonly<Record<string, FactKind | 'text'>>>>;

export type CommonText = `common.${keyof typeof commonTexts}`;

/** Why an answer may be refused whatever the question: `retry` in `common.yaml`; a question may have its own sentence for each. */
export const commonRetries = [
  'not-a-date',
  'no-such-day',
  'incomplete',
  'vague',
  'two-dates',
  'other-date',
  'none-of-these',
] as const;
