/** A conversation as a turn finds it: the session, and what the files say about it today. */
import { dayOf, type Moment, type PlainDate } from '../rules/dates.ts';
import type { Answers } from '../rules/rule.ts';
import { type Journey, journeyOf } from './journey.ts';
import type { Flow, Language, Question, World } from './library.ts';
import type { Now, Session } from './types.ts';

export interface Situation {
  readonly session: Session;
  readonly world: World;
  readonly language: Language;
  /** The flow under way, if its file still exists. */
  readonly flow: Flow | undefined;
  readonly journey: Journey | undefined;
}

export function situationOf(session: Session, world: World): Situation {
  const language = world.library.languages.get(session.language) ?? [...world.library.languages.values()][0];
  if (!language) throw new Error('a library holds at least one language: the loader refuses to start without');
  const flow = session.flow === null ? undefined : world.library.flows.get(session.flow);
  return { session, world, language, flow, journey: flow && journeyAt(flow, session, world.now) };
}

/** A turn looks at the same answers several times. What follows from them is remembered as long as they themselves are, and no longer. */
function journeyAt(flow: Flow, { answers, wish }: Session, now: Now): Journey {
  const known = journeys.get(answers);
  if (known?.flow === flow && known.now === now && known.wish === wish) return known.journey;
  const journey = journeyOf(flow, answers, now, wish);
  journeys.set(answers, { flow, now, wish, journey });
  return journey;
}

const journeys = new WeakMap<Session['answers'], { flow: Flow; now: Now; wish: string | null; journey: Journey }>();

/** The question asked last, if the file still asks it: a message answers that one, or none. */
export function askedQuestion({ session, flow }: Situation): Question | undefined {
  return flow?.ask.find(({ slot, meaning }) => slot === session.asked?.slot && meaning === session.asked.meaning);
}

/** Why the rule refuses a date for a slot beside the other answers (those that count, unless others are named); undefined when it does not. */
export function refusal(
  { flow, journey, world }: Situation,
  slot: string,
  on: PlainDate | Moment,
  given: Answers = journey?.given ?? {},
): string | undefined {
  return flow?.rule?.slots[slot]?.refuse(dayOf(on), given, world.now);
}
