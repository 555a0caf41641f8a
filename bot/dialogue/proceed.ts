/** The end of every turn: tell what is new, then ask what is still open, or offer what else there is. */

import { isPlainDate } from '../rules/dates.ts';
import { familyTable } from './family.ts';
import type { Flow, Question } from './library.ts';
import { nameOf } from './question-text.ts';
import { lead, text } from './say-text.ts';
import { begunAgain, self } from './session.ts';
import { refusal, type Situation, situationOf } from './situation.ts';
import type { DeskEvent, Say, Session, SharedCalendar } from './types.ts';
import { factsOf, wordsOf } from './words.ts';

export interface Response {
  readonly session: Session;
  readonly says: readonly Say[];
  /** What the help desk is to hear. */
  readonly desk?: readonly DeskEvent[];
  /** Entries for the resident's own calendar, to be had behind a link. */
  readonly calendar?: SharedCalendar;
}

interface Ending {
  /** The turn's beginning: what was told by then is not told again. */
  readonly before: Situation;
  /** What this turn says first. */
  readonly first: readonly Say[];
  /** The question's wording; left out, it is in full when the question is another than the last one asked. */
  readonly wording?: 'full' | 'again';
  /** Nothing is added when there is no open question. */
  readonly quiet?: boolean;
}

/** Goes on with the flow under way; without one, shows what can be asked. */
export function carryOn(session: Session, { before, first, wording, quiet = false }: Ending): Response {
  const after = situationOf(session, before.world);
  const { flow, journey } = after;
  if (!flow || !journey) {
    return quiet ? { session, says: first } : showTopics({ ...session, asked: null, flow: null }, first);
  }
  const tells = newTells(before, after);
  // What a card shows anyway is not read back first.
  const start = tells.length > 0 ? first.filter((each) => !isReadBack(each)) : first;
  const { open } = journey;
  const unused = unusedDates(before, after).map((question) =>
    lead('common.not-used', { name: nameOf(after.language, question) }),
  );
  if (!open) {
    const isFirst = isNewlyEnded(before, after);
    const table = isFirst ? familyTable(after) : [];
    const last = closing(after);
    const told: Session = { ...session, asked: null, pending: null, offered: { text: last } };
    return {
      session: told,
      says: [
        ...start,
        ...unused,
        ...tells,
        ...table,
        ...(quiet ? [] : [text(last, { ending: isFirst ? 'first' : 'again' })]),
      ],
    };
  }
  const isNew = session.asked?.slot !== open.slot;
  // An answer that no longer fits is kept (the file may change back), but the resident is told why it is asked for again.
  const why =
    isNew && session.answers[open.slot] !== undefined
      ? [lead('common.no-longer-fits', { name: nameOf(after.language, open) })]
      : [];
  const again = wording === undefined ? !isNew : wording === 'again';
  const asked = { slot: open.slot, meaning: open.meaning };
  const says = [...start, ...unused, ...tells, ...why, askFor(open, session, again)];
  return { session: { ...session, asked, offered: null }, says };
}

/** Dates that counted before this turn and are refused beside the other answers now (but for the one asked again). */
function unusedDates(before: Situation, after: Situation): Question[] {
  const { flow, journey, session } = after;
  return (flow?.ask ?? []).filter(({ kind, slot }) => {
    const value = session.answers[slot]?.value;
    if (kind !== 'date' || !isPlainDate(value) || before.journey?.given[slot] !== value) return false;
    return refusal(after, slot, value) !== undefined && journey?.open?.slot !== slot;
  });
}

function isReadBack(each: Say): boolean {
  return each.kind === 'taken' || (each.kind === 'text' && each.key === 'common.noted');
}

/** The open question, or what was asked back about it. */
function askFor({ flow, slot }: Question, { pending }: Session, again: boolean): Say {
  if (pending?.slot !== slot) return { kind: 'question', flow, slot, again };
  return pending.kind === 'year' ? { ...pending, flow } : { kind: 'which', flow, slot, options: pending.options };
}

/** Everything that the flow asks by itself is answered now, and was not before. */
function isNewlyEnded(before: Situation, { flow, journey }: Situation): boolean {
  const isRequested = flow?.ask.some(({ slot, onRequest }) => onRequest && journey?.given[slot] !== undefined);
  return before.journey?.open !== undefined && journey?.open === undefined && !isRequested;
}

/** What stands at the end when nothing is asked: what the flow under way offers next, if it has come to its end. */
export function closing({ flow, journey }: Situation): string {
  return flow?.next !== undefined && journey && !journey.open ? `${flow.id}.${flow.next}` : 'common.more';
}

/** The question asked on request is not to be answered after all; undefined: none is open. */
export function withoutWish(situation: Situation): Response | undefined {
  const { session, journey } = situation;
  if (session.wish === null || journey?.open?.slot !== session.wish) return undefined;
  return carryOn({ ...session, wish: null, pending: null }, { before: situation, first: [] });
}

/** Said, and on with what was asked; where nothing is asked, what can be done next. */
export function aside(session: Session, says: readonly Say[], before: Situation): Response {
  if (before.journey?.open) return carryOn(session, { before, first: [...says, lead('common.continue')] });
  return showTopics(session, says, closing(situationOf(session, before.world)));
}

/** What is wanted needs dates: the first flow that leads to them is begun, or goes on with what is kept of them. */
export function datesFirst({ session, world }: Situation, isWanted: (flow: Flow) => boolean): Response {
  const flow = [...world.library.flows.values()].find(isWanted);
  if (!flow) return showTopics(session, []);
  const fresh = situationOf({ ...begunAgain(session), flow: flow.id }, world);
  const first = [lead('common.dates-first'), ...aboutWhom(session)];
  return carryOn(fresh.session, { before: fresh, first, wording: 'full' });
}

/** In a family: about whom, before anything is asked anew. */
export function aboutWhom({ person, others }: Session): Say[] {
  const isOfFamily = person !== self || Object.keys(others).length > 0;
  return isOfFamily ? [lead('common.about-person')] : [];
}

/** A text with choices, and nothing asked. */
export function showTopics(session: Session, first: readonly Say[], key = 'common.menu'): Response {
  return { session: { ...session, offered: { text: key }, asked: null, pending: null }, says: [...first, text(key)] };
}

/** The texts that apply now and said something else, or nothing, before this turn. */
function newTells(before: Situation, after: Situation): Say[] {
  if (before.journey === after.journey) return [];
  const wereTold = new Set(before.flow === after.flow ? before.journey?.tells : []);
  const [old, now] = [factsOf(before), factsOf(after)];
  const isUntold = (key: string) =>
    !wereTold.has(key) || wordsOf(key, old, before.language) !== wordsOf(key, now, after.language);
  return (after.journey?.tells ?? []).filter(isUntold).map((key) => text(key));
}
