/** The rich menu as LINE takes it (docs: Messaging API reference, rich menu): areas over a picture of 2500 pixels. */
import type { messagingApi } from '@line/bot-sdk';
import type { Choice } from '../../bot/dialogue/types.ts';
import { actionOf, type LineAction } from './messages.ts';

export interface MenuWords {
  /** What stands on the bar that opens it. */
  readonly bar: string;
  readonly areas: readonly Choice[];
}

export type Bounds = Required<messagingApi.RichMenuBounds>;
export type MenuRequest = Omit<messagingApi.RichMenuRequest, 'areas'> & {
  readonly areas: { readonly bounds: Bounds; readonly action: LineAction }[];
};

const width = 2500;
const rowHeight = 843;
const mostInARow = 3;

/** One row of up to three, or two; what is left over in the second row takes its whole width. */
export function menuLayout(areas: number): {
  readonly width: number;
  readonly height: number;
  readonly bounds: readonly Bounds[];
} {
  const rows = areas > mostInARow ? 2 : 1;
  const first = Math.ceil(areas / rows);
  const bounds = Array.from({ length: areas }, (_, index): Bounds => {
    const row = index < first ? 0 : 1;
    const inRow = row === 0 ? first : areas - first;
    const column = index - row * first;
    const edge = (number: number) => Math.round((width * number) / inRow);
    return { x: edge(column), y: row * rowHeight, width: edge(column + 1) - edge(column), height: rowHeight };
  });
  return { width, height: rows * rowHeight, bounds };
}

/** `name` is only seen by whoever looks after the account. Each area's label is read aloud. */
export function menuRequest({ bar, areas }: MenuWords, name: string): MenuRequest {
  const layout = menuLayout(areas.length);
  return {
    size: { width: layout.width, height: layout.height },
    selected: true,
    name,
    chatBarText: bar,
    areas: layout.bounds.flatMap((bounds, index) => {
      const area = areas[index];
      return area ? [{ bounds, action: actionOf(area) }] : [];
    }),
  };
}

/** By which a language's menu is found (at most 32 of a-z, 0-9, _ and -). */
export function menuAlias(language: string): string {
  return `koshin-${language.toLowerCase()}`.replace(/[^a-z0-9_-]/g, '-').slice(0, 32);
}
