/** Pictures and the like that residents sent: fetched from LINE when a clerk asks, never kept here. */
import type { Response } from 'express';
import type { LineContent } from '../line/content.ts';
import type { Entry, Ticket } from './ticket.ts';

/** What a browser may show within the page. Anything else is only saved: an SVG or a page could run something. */
const shown = /^(?:image\/(?:jpeg|png|gif|webp)|video\/mp4|audio\/(?:mp4|mpeg|x-m4a|aac))$/;

/** The entry that a message of the resident's stands in; undefined once it is unsent. */
export function mediaEntry({ entries }: Ticket, id: string): (Entry & { readonly messageId: string }) | undefined {
  const found = entries.find((entry) => entry.id === id && entry.media !== null);
  return found?.messageId ? { ...found, messageId: found.messageId } : undefined;
}

export function sendContent(response: Response, { type, bytes }: LineContent): void {
  response.set('cache-control', 'no-store');
  if (shown.test(type)) return void response.type(type).send(bytes);
  response.attachment('from-resident').type('application/octet-stream').send(bytes);
}
