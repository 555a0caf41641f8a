/** A card → a Flex bubble: real text that follows the reader's font size, one colour a tone, nothing that needs the colour to be understood. */
import type { messagingApi } from '@line/bot-sdk';
import type { Card, Tone } from '../../bot/dialogue/types.ts';

/** White on each has a contrast of at least 7:1. */
const colours: Readonly<Record<Tone, string>> = { good: '#005A2B', wait: '#1B3F73', late: '#8A1C1C' };

export function cardBubble({ tone, title, rows, note }: Card): messagingApi.FlexBubble {
  return {
    type: 'bubble',
    size: 'mega',
    header: {
      type: 'box',
      layout: 'vertical',
      backgroundColor: colours[tone],
      paddingAll: '16px',
      contents: [
        { type: 'text', text: title, size: 'xl', weight: 'bold', color: '#FFFFFF', wrap: true, scaling: true },
      ],
    },
    body: {
      type: 'box',
      layout: 'vertical',
      spacing: 'lg',
      paddingAll: '16px',
      contents: [...rows.map(rowBox), ...(note === '' ? [] : [noteText(note)])],
    },
  };
}

function rowBox({ label, value }: Card['rows'][number]): messagingApi.FlexBox {
  return {
    type: 'box',
    layout: 'vertical',
    spacing: 'xs',
    contents: [
      { type: 'text', text: label, size: 'sm', color: '#555555', wrap: true, scaling: true },
      { type: 'text', text: value, size: 'md', weight: 'bold', color: '#111111', wrap: true, scaling: true },
    ],
  };
}

function noteText(note: string): messagingApi.FlexText {
  return { type: 'text', text: note, size: 'sm', color: '#333333', wrap: true, scaling: true };
}
