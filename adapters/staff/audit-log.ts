/** The audit log for those who answer for the desk: as entries for its page, and as a file for a spreadsheet. */
import express, { type Router } from 'express';
import { csv } from '../csv.ts';
import type { Audit, AuditEntry } from './audit.ts';

/** As much as a page can show; the file has more. */
const onThePage = 500;
const inTheFile = 100_000;

/** `timezone`: where the office's clocks are (IANA). */
export function auditLog({ audit, timezone }: { audit: Audit; timezone: () => string }): Router {
  const router = express.Router();
  router.get('/audit', async (_, response) => {
    response.json({ timezone: timezone(), entries: await audit.latest(onThePage) });
  });
  router.get('/audit.csv', async (_, response) => {
    const rows = (await audit.latest(inTheFile)).toReversed().map(rowWriter(timezone()));
    response
      .attachment('audit.csv')
      .type('text/csv; charset=utf-8')
      .send(csv([['at', 'name', 'did', 'ticket'], ...rows]));
  });
  return router;
}

/** Swedes write the date as ISO 8601 does. */
function rowWriter(timeZone: string): (entry: AuditEntry) => string[] {
  const time = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone });
  return ({ at, name, did, ticket, version }) => [time.format(at), name, did, ticket ?? version ?? ''];
}
