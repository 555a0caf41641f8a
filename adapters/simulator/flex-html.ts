/**
 * A Flex message → HTML, through flex-render. That library puts texts, colours and addresses into its HTML as they come, and actions
 * as inline scripts; so every string is escaped before, and every action becomes a numbered place that the page makes a button of.
 */
import { type FlexContainer, render } from 'flex-render';
import type { TapAction } from './message-rules.ts';

export interface FlexHtml {
  /** Where `actions[n]` belongs stands `href="#tap-n"`. */
  readonly html: string;
  readonly actions: readonly TapAction[];
}

export function flexHtml(contents: unknown): FlexHtml {
  const actions: TapAction[] = [];
  const safe = (value: unknown, name?: string): unknown => {
    if (typeof value === 'string') return escaped(value);
    if (Array.isArray(value)) return value.map((each) => safe(each));
    if (typeof value !== 'object' || value === null) return value;
    if (name !== 'action')
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, safe(each, key)]));
    actions.push(value as TapAction);
    const label = 'label' in value ? escaped(String(value.label)) : '';
    return { type: 'uri', label, uri: `#tap-${actions.length - 1}` };
  };
  return { html: render(safe(contents) as FlexContainer), actions };
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
