/** A turn as figures for the office: what happened, and never who or what was said. */
import type { Turn } from './engine.ts';
import { journeyOf } from './journey.ts';
import type { World } from './library.ts';
import type { Intent, Session } from './types.ts';

/**
 * What a turn adds to each figure: `conversation`; `renewal.started`; `renewal.asked.birthday` and `renewal.passed.birthday` (who was asked
 * and has not passed has stopped there); `renewal.finished`, and with it `renewal.told.too-early` for each text that was told; `faq.bring`;
 * `handoff`; `not-understood`; `out-of-scope`. Going back takes away what it undoes: a conversation counts as what it came to.
 */
export function tallyOf(before: Session | undefined, turn: Turn, world: World): Record<string, number> {
  const { intent } = turn;
  const events = [
    ...(before === undefined ? ['conversation'] : []),
    ...entriesOf(intent).map((id) => `faq.${id}`),
    ...(intent.kind === 'not-understood' || intent.kind === 'out-of-scope' ? [intent.kind] : []),
    ...(turn.desk.some(({ kind }) => kind === 'opened') ? ['handoff'] : []),
  ];
  const isOther = before && (before.person !== turn.session.person || isAnew(turn, before, world));
  const changes = flowChanges(isOther ? undefined : before, turn.session, world);
  return { ...Object.fromEntries(events.map((name) => [name, 1])), ...changes };
}

/** The entries that were answered: a message may ask for two. */
function entriesOf(intent: Intent): readonly string[] {
  if (intent.kind === 'faq') return [intent.faq, ...(intent.also ?? [])];
  return intent.kind === 'upset' && intent.faq !== null ? [intent.faq] : [];
}

/** Whoever starts over is done with what was before; it stays counted. */
function isAnew({ intent }: Turn, before: Session, world: World): boolean {
  if (intent.kind === 'command') return intent.command === 'start-over';
  return intent.kind === 'start' && cameTo(before, world).has(`${before.flow}.finished`);
}

function flowChanges(before: Session | undefined, after: Session, world: World): Record<string, number> {
  // Of a flow that was left nothing is taken away.
  const earlier = before?.flow === after.flow ? before : undefined;
  const [then, now] = [earlier ? cameTo(earlier, world) : new Set<string>(), cameTo(after, world)];
  return Object.fromEntries([
    ...[...now].filter((name) => !then.has(name)).map((name) => [name, 1]),
    ...[...then].filter((name) => !now.has(name)).map((name) => [name, -1]),
  ]);
}

/** What a conversation has come to so far. */
function cameTo({ flow: id, answers, wish }: Session, { library, now }: World): Set<string> {
  const flow = id === null ? undefined : library.flows.get(id);
  if (!flow) return new Set();
  const { given, open, tells } = journeyOf(flow, answers, now, wish);
  const passed = Object.keys(given);
  const asked = open ? [...passed, open.slot] : passed;
  const ends = open ? [] : [`${flow.id}.finished`, ...tells.map((key) => key.replace('.', '.told.'))];
  return new Set([
    `${flow.id}.started`,
    ...asked.map((slot) => `${flow.id}.asked.${slot}`),
    ...passed.map((slot) => `${flow.id}.passed.${slot}`),
    ...ends,
  ]);
}
