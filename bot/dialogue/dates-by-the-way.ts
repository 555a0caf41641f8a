/** 「昭和55年3月3日生まれで…、いつまで?」: answers that a question gives by the way. */
import { datesIn } from '../rules/wareki.ts';
import { journeyOf } from './journey.ts';
import { labelledSlots } from './labelled-date.ts';
import { refusal, type Situation } from './situation.ts';

/** The dates that say what they are the dates of, and that the flow takes. Nothing while that flow is under way: there a date answers a question. */
export function datesByTheWay(text: string, starts: string, situation: Situation): Record<string, string> {
  const flow = situation.world.library.flows.get(starts);
  if (!flow || situation.flow === flow) return {};
  const fresh: Situation = { ...situation, flow, journey: journeyOf(flow, {}, situation.world.now) };
  const values: Record<string, string> = {};
  let isAfter = false;
  for (const { on, before, after } of datesIn(text)) {
    const behind = onlyOne(labelledSlots(after, fresh));
    // What was said of the date before is not said of this one.
    const slot =
      behind ?? (isAfter ? onlyOne(labelledSlots(lastWords(before), fresh)) : onlyOne(labelledSlots(before, fresh)));
    isAfter = behind !== undefined;
    // Two dates for one thing: nobody knows which.
    if (slot !== undefined && values[slot] !== undefined) return {};
    if (slot !== undefined && refusal(fresh, slot, on, values) === undefined) values[slot] = on;
  }
  return values;
}

/** Of 「生まれで発行日は」, what belongs to the date that follows. */
function lastWords(before: string): string {
  return before.split(/で|が|、/).at(-1) ?? '';
}

function onlyOne(slots: readonly string[]): string | undefined {
  return slots.length === 1 ? slots[0] : undefined;
}
