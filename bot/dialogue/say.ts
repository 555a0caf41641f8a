/** What to say → bubbles, in the resident's language. */

import { isPlainDate, plainDate } from '../rules/dates.ts';
import type { Answers, Facts } from '../rules/rule.ts';
import { numberedLines, type Part, toBubbles } from './bubbles.ts';
import { labelOf } from './family.ts';
import { formatFact } from './formats.ts';
import type { QuestionText, Template } from './library.ts';
import { listed } from './listed.ts';
import { nameOf, questionText } from './question-text.ts';
import { factsOfReminder } from './reminder-days.ts';
import {
  actionChoice,
  answerChoices,
  buttonsOf,
  dateChoices,
  moreButton,
  ofPerson,
  unknownChoice,
  wayBack,
} from './say-choices.ts';
import { self } from './session.ts';
import type { Situation } from './situation.ts';
import type { Choice, Reply, Say } from './types.ts';
import { optionChoices } from './which.ts';
import { factsOf, fill, fillCard, variantOf } from './words.ts';

export function say(says: readonly Say[], situation: Situation): Reply[] {
  const asks = says.some(({ kind }) => kind === 'question' || kind === 'which' || kind === 'year');
  const context = { situation, facts: factsOf(situation), asks };
  return toBubbles(says.flatMap((each) => partsOf(each, context)));
}

interface Context {
  readonly situation: Situation;
  readonly facts: Facts;
  /** A question is asked in this turn, so numbers belong to its choices. */
  readonly asks: boolean;
}

function partsOf(each: Say, context: Context): Part[] {
  if (each.kind === 'text') return textParts(each, context);
  if (each.kind === 'maybe') return maybeParts(each, context);
  if (each.kind === 'languages') return languageParts(context);
  if (each.kind === 'more') return moreParts(each, context);
  if (each.kind === 'list') return listParts(each, context);
  if (each.kind === 'people') return peopleParts(each, context);
  if (each.kind === 'reminder') return reminderParts(each, context);
  if (each.kind === 'written') return [{ text: each.text, choices: [], joins: false, leads: false }];
  const words = questionText(context.situation.language, each);
  if (!words) return [];
  switch (each.kind) {
    case 'taken':
      return leadParts(each.value === 'unknown' ? words.reassure : words.taken, context);
    case 'retry':
      return leadParts(words.retry[each.why] ?? words.retry['not-a-date'], context);
    case 'why-asked':
      return leadParts(words.why, context);
    case 'year':
      return yearParts(each, words, context);
    case 'which':
      return whichParts(each, context);
    case 'question':
      return questionParts(each, words, context);
  }
}

function textParts({ key, facts: extra, leads }: Extract<Say, { kind: 'text' }>, context: Context): Part[] {
  const { language } = context.situation;
  const facts = { ...context.facts, ...extra };
  const variant = variantOf(language.texts.get(key), facts);
  if (!variant) return [];
  const choices: Choice[] = [...buttonsOf(variant, { facts, language }), ...moreButton(variant, key, language)];
  // A phrase that says nothing leaves a space, or a line.
  const text = variant.text ? fill(variant.text, facts, language).replace(/ +$/gm, '').trimEnd() : '';
  return [
    {
      text: variant.numbered && !context.asks ? text + numberedLines(choices) : text,
      ...(variant.card && { card: fillCard(variant.card, facts, language) }),
      choices,
      joins: variant.joins,
      leads: leads ?? false,
    },
  ];
}

function leadParts(template: Template | undefined, { situation, facts }: Context): Part[] {
  if (!template) return [];
  return [{ text: fill(template, facts, situation.language), choices: [], joins: false, leads: true }];
}

function questionParts(
  { flow, slot, again }: Extract<Say, { kind: 'question' }>,
  words: QuestionText,
  context: Context,
): Part[] {
  const { world, language } = context.situation;
  const question = world.library.flows.get(flow)?.ask.find((each) => each.slot === slot);
  if (!question) return [];
  const text = fill(again ? words.again : words.ask, context.facts, language).trimEnd();
  const own = question.kind === 'choice' ? answerChoices(question, words) : dateChoices(question, words, context);
  const listed = question.kind === 'choice' ? numberedLines(own) : '';
  return [{ text: text + listed, choices: [...own, ...wayBack(context)], joins: false, leads: false }];
}

/** The rest of a text; nothing when the file has none any more. */
function moreParts({ key }: Extract<Say, { kind: 'more' }>, { situation, facts }: Context): Part[] {
  const { language } = situation;
  const more = variantOf(language.texts.get(key), facts)?.more;
  return more ? [{ text: fill(more, facts, language), choices: [], joins: false, leads: false }] : [];
}

/** A text, and a line for each row. */
function listParts({ key, rows, facts: handed }: Extract<Say, { kind: 'list' }>, context: Context): Part[] {
  const { language } = context.situation;
  const lines = rows.map(({ line, facts: own }) => {
    const facts = { ...context.facts, ...own };
    const text = variantOf(language.texts.get(line), facts)?.text;
    return text ? fill(text, facts, language).trim() : '';
  });
  return textParts({ kind: 'text', key, facts: { ...handed, list: lines.join('\n') } }, context);
}

/** Each action by the name of its person. */
function peopleParts({ key, actions }: Extract<Say, { kind: 'people' }>, context: Context): Part[] {
  const choices = actions.map((action) => actionChoice(labelOf(action.person, context.situation), action));
  return withChoices(key, choices, context);
}

/** About somebody's dates, whoever the talk is about. */
function reminderParts(
  { key, reminder, facts, isOfOne }: Extract<Say, { kind: 'reminder' }>,
  context: Context,
): Part[] {
  const { situation } = context;
  const flow = situation.world.library.flows.get(reminder.flow);
  if (!flow) return [];
  const { person } = reminder;
  const own = factsOfReminder(reminder, flow, situation.world.now);
  const who = { person: labelOf(person, situation), isSelf: person === self ? 'yes' : 'no' };
  const parts = textParts({ kind: 'text', key, facts: { ...own, ...who, ...facts } }, context);
  if (!isOfOne) return parts;
  return parts.map((part) => ({ ...part, choices: part.choices.map((choice) => ofPerson(choice, person)) }));
}

/** 「もしかして、…ですか」 with the entries as buttons and numbers. */
function maybeParts({ faqs }: Extract<Say, { kind: 'maybe' }>, context: Context): Part[] {
  const { faq } = context.situation.language;
  const choices = faqs.map((id) => actionChoice(faq.get(id)?.title ?? id, { kind: 'faq', faq: id }));
  return withChoices('common.maybe', choices, context);
}

/** Each language by its own name. */
function languageParts(context: Context): Part[] {
  const languages = [...context.situation.world.library.languages.values()];
  const choices = languages.map(({ name, tag }) => actionChoice(name, { kind: 'language', language: tag }));
  return withChoices('common.language', choices, context);
}

function withChoices(key: string, choices: readonly Choice[], context: Context): Part[] {
  return textParts({ kind: 'text', key }, context).map((part) => ({
    ...part,
    text: part.text + numberedLines(choices),
    choices: [...choices, ...part.choices],
  }));
}

/** 「3月3日ですね。何年ですか」 */
function yearParts(
  { flow, slot, month, day }: Extract<Say, { kind: 'year' }>,
  words: QuestionText,
  context: Context,
): Part[] {
  const { world, journey } = context.situation;
  const asked = world.library.flows.get(flow);
  const example = asked?.rule?.slots[slot]?.range(journey?.given ?? {}, world.now).likely ?? world.now.today;
  const { dates } = context.situation.language;
  // Any leap year: only month and day are shown.
  const on = plainDate(2000, month, day) ?? world.now.today;
  const facts = { monthDay: formatFact(on, dates, 'month-day'), example };
  const question = asked?.ask.find((each) => each.slot === slot);
  const choices = question ? [unknownChoice(question, words)] : [];
  return textParts({ kind: 'text', key: 'common.which-year-missing', facts }, context).map((part) => ({
    ...part,
    choices,
  }));
}

/** 「平成2年（1990年）のことですか」: one reading to confirm, or some to choose from by number. */
function whichParts({ flow, slot, options }: Extract<Say, { kind: 'which' }>, context: Context): Part[] {
  const { yes, no } = context.situation.language.words.labels;
  const [only] = options;
  const sayChoices = (labels: readonly string[]): Choice[] =>
    labels.map((text) => ({ label: text, does: { kind: 'say', text } }));
  if (only && options.length === 1) {
    const facts = { read: readBack(only, flow, context) };
    const part = textParts({ kind: 'text', key: 'common.which-one', facts }, { ...context, asks: true });
    return part.map((each) => ({ ...each, choices: sayChoices([yes, no]) }));
  }
  const question = context.situation.world.library.flows.get(flow)?.ask.find((each) => each.slot === slot);
  const kind = question?.kind ?? 'date';
  const choices = sayChoices(
    optionChoices(options, { slot, kind }, context.situation.language.dates).map(({ label }) => label),
  );
  const years = new Set(options.map((values) => values[slot]?.slice(0, 4)));
  const key = years.size > 1 && kind === 'date' ? 'common.which-year' : 'common.which-date';
  const part = textParts({ kind: 'text', key }, { ...context, asks: true });
  return part.map((each) => ({
    ...each,
    text: each.text + numberedLines(choices),
    choices: [...choices, ...wayBack(context)],
  }));
}

/** What is asked back, by name. One date in full (it is what the question is about); of two, personal ones by month and day only. */
function readBack(values: Answers, flow: string, context: Context): string {
  const { situation, facts } = context;
  const { language } = situation;
  const slots = situation.world.library.flows.get(flow)?.rule?.slots;
  const entries = Object.entries(values).filter(([, on]) => isPlainDate(on));
  const named = variantOf(language.texts.get('common.named-date'), facts)?.text ?? [];
  const dates = entries.map(([slot, on]) => {
    const isHidden = entries.length > 1 && slots?.[slot]?.personal;
    const date = formatFact(on, language.dates, isHidden ? 'month-day' : 'no-weekday');
    return fill(named, { ...facts, name: nameOf(language, { flow, slot }), date }, language);
  });
  return listed(dates, language);
}
