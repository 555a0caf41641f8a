/** A new ticket by mail (SMTP). */
import { createTransport } from 'nodemailer';
import type { Announce, Announcement } from './announce.ts';

export interface MailOptions {
  /** `smtp://host:587`, `smtps://user:password@host`: nodemailer's connection URL. */
  readonly smtpUrl: string;
  readonly from: string;
  readonly to: readonly string[];
}

/** Nobody waits longer for a mail server. */
const withinMs = 20_000;

/** `words`: subject and text in the city's words. Rejects with the server's `code` when it did not take the mail. */
export function mailAnnouncement(
  { smtpUrl, from, to }: MailOptions,
  words: (announcement: Announcement) => { readonly subject: string; readonly text: string },
): Announce {
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: withinMs,
    greetingTimeout: withinMs,
    socketTimeout: withinMs,
  });
  const domain = from.split('@').at(-1)?.replace('>', '') ?? 'localhost';
  return async (announcement) => {
    // The same for every try, so that a mailbox that got two shows one.
    const messageId = `<${announcement.id}@${domain}>`;
    await transport.sendMail({ from, to: [...to], messageId, ...words(announcement) });
  };
}
