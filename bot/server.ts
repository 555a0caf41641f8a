/** HTTP: LINE's webhook, and what operators look at. */
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { rawBody } from './body.ts';
import type { Metrics } from './metrics.ts';
import type { Inbox, Incoming, Log } from './ports.ts';

export interface ServerParts {
  /** Whether LINE signed these very bytes. */
  readonly isSigned: (body: Buffer, signature: string) => boolean;
  readonly readEvents: (body: unknown, receivedAt: number) => readonly Incoming[];
  readonly inbox: Inbox;
  readonly isReady: () => Promise<boolean>;
  readonly metrics: Metrics;
  readonly log: Log;
  /** Pages that adapters bring. */
  readonly pages: readonly RequestHandler[];
}

/** LINE's largest known bodies are far smaller; what is larger is not hashed. */
const largestBodyBytes = 1024 * 1024;

/** How long a stop waits for requests under way: LINE waits no longer than that either. */
const lastRequestsMs = 2_000;

/** For everything but LINE's webhook, by address: far more than operators and a page need. */
const limits = {
  windowMs: 60_000,
  limit: 3_000,
  standardHeaders: 'draft-8',
  legacyHeaders: false,
  validate: { xForwardedForHeader: false },
} as const;

export function createApp(parts: ServerParts): express.Express {
  const app = express();
  app.disable('x-powered-by');
  // A proxy in front, on this machine or in its network, says whom it speaks for.
  app.set('trust proxy', 'loopback, linklocal, uniquelocal');
  app.post('/webhook', webhook(parts));
  app.use(rateLimit(limits));
  app.get('/healthz', (_, response) => void response.json({ ok: true }));
  app.get('/readyz', async (_, response) => {
    const isReady = await parts.isReady();
    response.status(isReady ? 200 : 503).json({ ready: isReady });
  });
  app.get('/metrics', async (_, response) => void response.type('text/plain').send(await parts.metrics.text()));
  for (const page of parts.pages) app.use(page);
  app.use((_, response) => void response.sendStatus(404));
  app.use(failure(parts.log));
  return app;
}

/** Listens, on every address of this machine unless one is named; the port is the one asked for, or any free one for 0. */
export async function listen(
  app: express.Express,
  at: { readonly port: number; readonly host?: string },
): Promise<{ server: Server; port: number }> {
  const server = createServer(app);
  server.listen(at);
  await once(server, 'listening');
  const address = server.address();
  return { server, port: typeof address === 'object' && address ? address.port : at.port };
}

/** Requests under way are answered first; a connection that says nothing is not waited for. */
export async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const late = setTimeout(() => server.closeAllConnections(), lastRequestsMs);
  await closed;
  clearTimeout(late);
}

/**
 * Signature over the raw bytes first; only then is anything parsed. 413: too large to be LINE's. 401: not LINE. 400: not a JSON object. 503: could not be
 * kept, so that LINE delivers it again. Otherwise 200 at once: the turns come afterwards.
 */
function webhook({ isSigned, readEvents, inbox, metrics, log }: ServerParts): RequestHandler {
  return async (request, response) => {
    const receivedAt = Date.now();
    response.once('finish', metrics.webhookSeconds.startTimer());
    const raw = await rawBody(request, largestBodyBytes);
    if (!raw) {
      metrics.webhooks.inc({ outcome: 'too-large' });
      return answer(response, 413);
    }
    const signature = request.get('x-line-signature');
    if (!signature || !isSigned(raw, signature)) {
      metrics.webhooks.inc({ outcome: 'refused' });
      log.warn({ status: 401, bytes: raw.length }, 'webhook refused: wrong signature');
      return answer(response, 401);
    }
    const body = parseObject(raw);
    if (body === undefined) {
      metrics.webhooks.inc({ outcome: 'unreadable' });
      return answer(response, 400);
    }
    const events = readEvents(body, receivedAt);
    try {
      for (const event of events) await inbox.accept(event);
    } catch (error) {
      metrics.webhooks.inc({ outcome: 'not-kept' });
      log.error({ status: 503, events: events.length, error: String(error) }, 'webhook not accepted');
      return answer(response, 503);
    }
    metrics.webhooks.inc({ outcome: 'accepted' });
    metrics.events.inc(events.length);
    answer(response, 200);
  };
}

/** The status alone: nobody reads more. */
function answer(response: ServerResponse, status: number): void {
  // A body that was not taken in is not waited for.
  if (status === 413) response.setHeader('connection', 'close');
  response.writeHead(status, { 'content-length': 0 }).end();
}

/** A byte-order mark is tolerated; anything but an object is not. */
function parseObject(raw: Buffer): object | undefined {
  try {
    const body: unknown = JSON.parse(raw.toString('utf8').replace(/^\u{feff}/u, ''));
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

/** Says nothing of what was sent: an error page must not echo a body or a signature. */
function failure(log: Log): ErrorRequestHandler {
  return (error: { status?: unknown; type?: unknown }, request, response, next) => {
    if (response.headersSent) return next(error);
    const status = typeof error.status === 'number' ? error.status : 500;
    log.warn(
      { method: request.method, path: request.path, status, reason: String(error.type ?? 'error') },
      'request failed',
    );
    response.sendStatus(status);
  };
}
