/** A turn as figures for the office: what happened, and never who or what was said. */

import type { Turn } from './engine.ts';
import { journeyOf } from './journey.ts';
import type { World } from './library.ts';
import type { Session } from './types.ts';

/**
 * Names of what a turn adds to, one each: `conversation`; `renewal.asked.birthday` and `renewal.passed.birthday` (who was asked and has not
 * passed has stopped there); `renewal.finished`, and with it `renewal.told.too-early` for each text that was told; `faq.bring`; `handoff`;
 * `not-understood`; `out-of-scope`.
 */
export function tallyOf(before: Session | undefined, turn: Turn, world: World): string[] {
  const { intent, session } = turn;
  const faq = intent.kind === 'faq' || intent.kind === 'upset' ? intent.faq : null;
  return [
    ...(before === undefined ? ['conversation'] : []),
    ...(faq === null ? [] : [`faq.${faq}`]),
    ...(intent.kind === 'not-understood' || intent.kind === 'out-of-scope' ? [intent.kind] : []),
    ...(turn.desk.some(({ kind }) => kind === 'opened') ? ['handoff'] : []),
    ...flowTally(before, session, world),
  ];
}

function flowTally(before: Session | undefined, after: Session, { library, now }: World): string[] {
  const flow = after.flow === null ? undefined : library.flows.get(after.flow);
  if (!flow) return [];
  const earlier = before?.flow === flow.id ? before : undefined;
  const [then, next] = [journeyOf(flow, earlier?.answers ?? {}, now), journeyOf(flow, after.answers, now)];
  const asking = (session: Session | undefined) => session?.asked?.slot;
  const passed = Object.keys(next.given).filter((slot) => then.given[slot] === undefined);
  // Who says everything in one message has passed what nobody had to ask.
  const asked = passed.filter((slot) => slot !== asking(earlier));
  const open = next.open?.slot;
  if (open !== undefined && open !== asking(earlier)) asked.push(open);
  const isFinished = next.open === undefined && (!earlier || then.open !== undefined);
  return [
    ...(earlier ? [] : [`${flow.id}.started`]),
    ...asked.map((slot) => `${flow.id}.asked.${slot}`),
    ...passed.map((slot) => `${flow.id}.passed.${slot}`),
    ...(isFinished ? [`${flow.id}.finished`] : []),
    ...(isFinished ? next.tells.map((key) => key.replace('.', '.told.')) : []),
  ];
}
