/** Parts → bubbles: sentences that belong together share one, and every choice goes to the last. */
import type { Card, Choice, Reply } from './types.ts';

/** A piece of what is said: `joins` the bubble before it, or `leads` the one after. */
export interface Part {
  readonly text: string;
  readonly card?: Card;
  readonly choices: readonly Choice[];
  readonly joins: boolean;
  readonly leads: boolean;
}

/** More bubbles than this in one turn, and nobody reads them. */
const mostBubbles = 3;

/** LINE shows quick replies of the last message only, and at most 13. */
const mostChoices = 13;

export function toBubbles(parts: readonly Part[]): Reply[] {
  const bubbles: Part[] = [];
  // What only leads to something has its buttons at the very end.
  const late = parts.flatMap(({ leads, choices }) => (leads ? choices : []));
  for (const each of parts) {
    const part = each.leads ? { ...each, choices: [] } : each;
    const last = bubbles.at(-1);
    if (last && !last.card && !part.card && (last.leads || part.joins)) {
      bubbles[bubbles.length - 1] = joined(last, part);
    } else {
      bubbles.push(part);
    }
  }
  const few = fewer(bubbles);
  // The last bubble's own choices come first.
  const choices = distinct([...few.toReversed().flatMap((bubble) => bubble.choices), ...late]).slice(0, mostChoices);
  return few.map(({ text, card }, index) => ({
    text,
    ...(card && { card }),
    choices: index === few.length - 1 ? choices : [],
  }));
}

/** ①②③ before the choices, so that a number answers where there are no buttons. */
export function numberedLines(choices: readonly { readonly label: string }[]): string {
  return choices.map(({ label }, index) => `\n${circled[index] ?? `${index + 1}.`} ${label}`).join('');
}

const circled = '①②③④⑤⑥⑦⑧⑨';

function joined(first: Part, second: Part): Part {
  return { ...second, text: `${first.text}\n${second.text}`, choices: [...first.choices, ...second.choices] };
}

/** Joins the last two bubbles of plain text until few enough are left. */
function fewer(bubbles: readonly Part[]): readonly Part[] {
  if (bubbles.length <= mostBubbles) return bubbles;
  const at = bubbles.findLastIndex((bubble, index) => index > 0 && !bubble.card && !bubbles[index - 1]?.card);
  const [first, second] = [bubbles[at - 1], bubbles[at]];
  if (at < 0 || !first || !second) return bubbles;
  return fewer([...bubbles.slice(0, at - 1), joined(first, second), ...bubbles.slice(at + 1)]);
}

function distinct(choices: readonly Choice[]): Choice[] {
  return choices.filter(({ label }, index) => choices.findIndex((other) => other.label === label) === index);
}
