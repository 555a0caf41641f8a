/** Calendar entries behind a link that nobody can guess, for an hour. Nothing in link or file says whose they are. */
import { randomBytes } from 'node:crypto';
import express, { type Response, type Router } from 'express';
import type { SharedCalendar } from '../../bot/dialogue/types.ts';
import type { Calendars, Links } from '../../bot/ports.ts';
import { changeRecord, type Records } from '../records.ts';
import { googleLink, icsOf } from './ics.ts';

const lifeMs = 60 * 60_000;

export interface SharedCalendars extends Calendars {
  readonly page: Router;
  /** Undefined while nobody has said where this server is reached. */
  links(): Links | undefined;
  /** From now on links begin with that address. */
  reachedAt(publicUrl: string): void;
}

/** `gone`: what is said behind a link that is too old. */
export function sharedCalendars(records: Records<SharedCalendar>, gone: () => string): SharedCalendars {
  let links: Links | undefined;
  const tellGone = (response: Response) =>
    void response.status(404).type('text/plain; charset=utf-8').send(`${gone()}\n`);
  const page = express.Router();
  page.use('/calendar', (_, response, next) => {
    response.set({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex', 'referrer-policy': 'no-referrer' });
    next();
  });
  page.get('/calendar/:token.ics', async (request, response) => {
    const { value } = await records.load(request.params.token);
    if (!value) return tellGone(response);
    response.set('content-disposition', 'inline; filename="koshin-navi.ics"').type('text/calendar').send(icsOf(value));
  });
  page.get('/calendar/:token/:index', async (request, response) => {
    const { value } = await records.load(request.params.token);
    const event = value?.events[Number(request.params.index)];
    if (!event) return tellGone(response);
    response.redirect(302, googleLink(event));
  });
  return {
    page,
    links: () => links,
    reachedAt(publicUrl) {
      links = linksOf(publicUrl);
    },
    async share(calendar) {
      await changeRecord(records, calendar.token, { lifeMs: () => lifeMs, change: () => calendar });
    },
  };
}

/** To the pages of the server that is reached there. */
export function linksOf(publicUrl: string): Links {
  // LINE's own browser saves no files.
  const link = (path: string) => `${publicUrl}/calendar/${path}?openExternalBrowser=1`;
  return {
    get newToken() {
      return randomBytes(16).toString('base64url');
    },
    privacy: `${publicUrl}/privacy`,
    file: (token) => link(`${token}.ics`),
    entry: (token, index) => link(`${token}/${index}`),
  };
}
