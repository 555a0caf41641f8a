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

/** Somebody whose dates stand for many: for each date slot, the answers to try ('unknown' among them). */
export interface Person {
  readonly who: string;
  readonly dates: Readonly<Record<string, readonly string[]>>;
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
  const journey = journeyOf(flow, session.answers, world.now);
  const { open } = journey;
  if (!open) {
    const replies = journey.tells.flatMap((key) => say([{ kind: 'text', key }], situationOf(session, world)));
    return [{ who: person.who, answers: journey.given, told: journey.tells, replies }];
  }
  const values = open.kind === 'choice' ? open.choices : (person.dates[open.slot] ?? ['unknown']);
  return values.flatMap((value) => {
    const answers = { ...session.answers, [open.slot]: { value, messageIds: [] } };
    const next = journeyOf(flow, answers, world.now);
    if (next.given[open.slot] === undefined) {
      throw new Error(`${person.who}: ${open.slot} = ${value} is no answer on ${world.now.today}; correct the sample`);
    }
    return walk({ ...session, answers }, context);
  });
}
