/**
 * Every path through a flow, enumerated in process: the choices by themselves, the dates by the people in a sample file
 * (one person for each class of answer that leads elsewhere).
 */
import type { Answers } from '../rules/rule.ts';
import { journeyOf } from './journey.ts';
import type { Flow, World } from './library.ts';
import { say } from './say.ts';
import { newSession } from './session.ts';
import { situationOf } from './situation.ts';
import type { Reply, Session } from './types.ts';

/** Somebody whose dates stand for many: for each slot the answers to try; of choices that are not named, every one. */
export interface Person {
  readonly who: string;
  readonly answers: Readonly<Record<string, readonly string[]>>;
  /** The questions that this person wishes to be asked, in order. */
  readonly wishes?: readonly string[] | undefined;
}

export interface Path {
  readonly who: string;
  /** The answers in the order they were asked for. */
  readonly answers: Answers;
  /** The texts told at the end, by key. */
  readonly told: readonly string[];
  /** What the resident reads. */
  readonly replies: readonly Reply[];
}

export function pathsOf(flow: Flow, person: Person, world: World): Path[] {
  return walk({ ...newSession('ja'), flow: flow.id }, { flow, person, world });
}

function walk(session: Session, context: { flow: Flow; person: Person; world: World }): Path[] {
  const { flow, person, world } = context;
  const journey = journeyOf(flow, session.answers, world.now, session.wish);
  const { open } = journey;
  if (!open) {
    // One wish after the other.
    const next = person.wishes?.find((slot) => session.answers[slot] === undefined);
    const wished = next === undefined ? undefined : { ...session, wish: next };
    const goesOn = wished && journeyOf(flow, wished.answers, world.now, wished.wish).open;
    const replies = journey.tells.flatMap((key) => say([{ kind: 'text', key }], situationOf(session, world)));
    const here = { who: person.who, answers: journey.given, told: journey.tells, replies };
    return [here, ...(goesOn ? walk(wished, context) : [])];
  }
  const values = person.answers[open.slot] ?? (open.kind === 'choice' ? open.choices : ['unknown']);
  return values.flatMap((value) => {
    const answers = { ...session.answers, [open.slot]: { value, messageIds: [] } };
    const next = journeyOf(flow, answers, world.now, session.wish);
    if (next.given[open.slot] === undefined) {
      throw new Error(`${person.who}: ${open.slot} = ${value} is no answer on ${world.now.today}; correct the sample`);
    }
    return walk({ ...session, answers }, context);
  });
}
