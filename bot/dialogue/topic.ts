/** What a message is about when it answers nothing: an FAQ entry, a flow, another counter; thanks, or anger. */
import { readDate } from '../rules/wareki.ts';
import { saysOneOf, saysOnly, saysUnknown } from './answer-words.ts';
import { datesByTheWay } from './dates-by-the-way.ts';
import type { Language } from './library.ts';
import { isQuestion, normalise } from './normalise.ts';
import { askedIn } from './questions.ts';
import { askedQuestion, type Situation } from './situation.ts';
import type { Intent } from './types.ts';

/** How sure it must be that a message is no answer to what is asked. */
const beyondDoubt = 0.9;

/** Nobody who is angry is to be left with the opening hours alone. */
export function upset(text: string, { language }: Situation): Intent | undefined {
  const typed = normalise(text);
  const isUpset = language.words.upset.some((word) => typed.includes(word));
  return isUpset ? { kind: 'upset', faq: askedIn(text, language).faqs[0] ?? null } : undefined;
}

/** 「ありがとうございます、助かりました」: thanks, and nothing else but more of them. */
export function courtesy(text: string, { language }: Situation): Intent | undefined {
  const { commands: known, yes, aroundUnknown } = language.words;
  const isThanks = !isQuestion(text) && saysOnly(text, known.thanks, [...known.thanks, ...yes, ...aroundUnknown]);
  return isThanks ? { kind: 'command', command: 'thanks' } : undefined;
}

/** An FAQ entry, or a flow. A message of nothing but the words that begin a flow is no other question, however alike. */
export function topic(text: string, situation: Situation): Intent | undefined {
  const { language, world } = situation;
  const begun = [...world.library.flows.values()].find(({ startsWith }) => saysOneOf(text, startsWith));
  if (begun || (saysUnknown(text, language) && !isListed(text, language))) return flowStart(text, situation);
  const { faqs, choices, isElsewhere, score } = askedIn(text, language);
  const [faq, ...also] = faqs;
  const starts = faqs.map((id) => language.faq.get(id)?.starts).find((flow) => flow !== undefined);
  if (faq !== undefined && starts !== undefined)
    return { kind: 'faq', faq, also, values: datesByTheWay(text, starts, situation) };
  const start = flowStart(text, situation);
  if (start) return start;
  if (faq !== undefined) return { kind: 'faq', faq, also };
  // A clumsy answer is not sent to another counter.
  if (isElsewhere) return score >= beyondDoubt || isNoAnswer(text, situation) ? { kind: 'out-of-scope' } : undefined;
  return choices.length > 0 && isNoAnswer(text, situation) ? { kind: 'maybe', faqs: choices } : undefined;
}

/** 「カードがない」 is no answer when nothing was asked: staff have listed it as a question of its own. */
function isListed(text: string, language: Language): boolean {
  const ready = listed.get(language) ?? new Set([...language.faq.values()].flatMap(({ asks }) => asks.map(normalise)));
  listed.set(language, ready);
  return ready.has(normalise(text));
}

/** Folded once for each language. */
const listed = new WeakMap<Language, ReadonlySet<string>>();

/** While something is asked, what is no question is an attempt at an answer; and 「来年の3月ごろ」 is one at a date. */
function isNoAnswer(text: string, situation: Situation): boolean {
  return isQuestion(text) || (!askedQuestion(situation) && readDate(text).kind === 'not-a-date');
}

/** 「電子証明書の更新をしたい」: words that begin the flow, and nothing else, so that 「更新ありがとう」 does not begin it again. */
function flowStart(text: string, { world, language }: Situation): Intent | undefined {
  for (const { id, startsWith } of world.library.flows.values()) {
    const starts = saysOnly(text, startsWith, [...startsWith, ...language.words.aroundStart]);
    if (starts) return { kind: 'start', flow: id, values: {}, afterIdle: false };
  }
  return undefined;
}
