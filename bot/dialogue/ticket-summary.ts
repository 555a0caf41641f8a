/** What the bot knows of whoever asks for a person, in lines for the clerk: nobody has to say it twice. */
import { isMoment, isPlainDate } from '../rules/dates.ts';
import type { Facts } from '../rules/rule.ts';
import { formatFact } from './formats.ts';
import type { Flow, Language, Library, Question } from './library.ts';
import { nameOf, questionText } from './question-text.ts';
import { fill, variantOf } from './words.ts';

/** The phrase `ticketSummary`, then the answers one by one; what is personal is left out. `asked`: what was open, as 'flow.slot'. */
export function ticketSummary(
  { facts, asked }: { readonly facts: Facts; readonly asked: string | null },
  { library, language }: { readonly library: Library; readonly language: Language },
): string[] {
  const whole = { ...library.officeFacts, ...facts };
  const phrase = variantOf(language.phrases.get('ticketSummary'), whole)?.text;
  const known = phrase ? fill(phrase, whole, language) : '';
  const flows = [...library.flows.values()];
  const answers = flows.flatMap((flow) =>
    flow.ask.flatMap((question) => answerLine(facts[question.slot], question, { flow, language }) ?? []),
  );
  const spoken = library.languages.get(String(facts.language))?.name;
  const open = flows.flatMap(({ ask }) => ask).find(({ flow, slot }) => `${flow}.${slot}` === asked);
  return [
    spoken ? `ことば: ${spoken}` : '',
    known,
    ...answers,
    open ? `ボットが聞いていたこと: ${nameOf(language, open)}` : '',
  ].filter((line) => line !== '');
}

/** 「電子証明書の発行日: …」; undefined for what is personal, or not known. */
export function answerLine(
  value: string | number | undefined,
  question: Question,
  { flow, language }: { readonly flow: Flow | undefined; readonly language: Language },
): string | undefined {
  if (value === undefined || flow?.rule?.slots[question.slot]?.personal) return undefined;
  const words = questionText(language, question);
  const label = words?.choices[value]?.label ?? (value === 'unknown' ? words?.unknown : undefined);
  return `${nameOf(language, question)}: ${label ?? (isPlainDate(value) || isMoment(value) ? formatFact(value, language.dates) : value)}`;
}
