/** HTTP: LINE's webhook, and what operators look at. */
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import express, { type ErrorRequestHandler, type Request, type RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { rawBody } from './body.ts';
import type { Metrics } from './metrics.ts';
import type { Inbox, Incoming, Log } from './ports.ts';

/** A channel as the server sees it. */
export interface ServedChannel {
  /** Undefined: it is the only one. */
  readonly name: string | undefined;
  /** Its pages are seen under that name of this server only; undefined: under every one. */
  readonly host: string | undefined;
  /** Where it is told to be reached: the set-up of the channel compares. */
  readonly publicUrl: string | undefined;
  /** Whether LINE signed these very bytes, with the channel's secret. */
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

export function createApp(channels: readonly [ServedChannel, ...ServedChannel[]]): express.Express {
  const [first] = channels;
  // What the request was sent to, and not what somebody says of it in X-Forwarded-Host.
  const at = ({ headers }: Pick<Request, 'headers'>) => {
    const name = headers.host?.toLowerCase().replace(/\.?(?::\d+)?$/, '');
    return channels.find(({ host }) => host === undefined || host === name);
  };
  const app = express();
  app.disable('x-powered-by');
  // A proxy in front, on this machine or in its network, says whom it speaks for.
  app.set('trust proxy', 'loopback, linklocal, uniquelocal');
  app.post(
    '/webhook',
    webhook(channels, (request) => at(request) ?? first),
  );
  app.use(rateLimit(limits));
  app.get('/healthz', (_, response) => void response.json({ ok: true }));
  app.get('/readyz', async (request, response) => {
    const asked = at(request);
    const ready = await Promise.all((asked ? [asked] : channels).map(({ isReady }) => isReady()));
    const isReady = ready.every(Boolean);
    response.status(isReady ? 200 : 503).json({ ready: isReady, publicUrl: asked?.publicUrl });
  });
  // Whoever gathers figures on this machine asks for a channel by its name.
  app.get(['/metrics', '/metrics/:channel'], async (request, response, next) => {
    const { channel: asked } = request.params;
    const here = at(request);
    const channel = asked === undefined ? here : channels.find(({ name }) => name === asked);
    // Under a city's own address nobody sees another's.
    if (!channel || (here && here !== channel)) return next();
    response.type('text/plain').send(await channel.metrics.text());
  });
  for (const channel of channels) {
    const pages = express.Router();
    for (const page of channel.pages) pages.use(page);
    app.use((request, response, next) => (at(request) === channel ? pages(request, response, next) : next()));
  }
  app.use((_, response) => void response.sendStatus(404));
  app.use(failure((request) => (at(request) ?? first).log));
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
 *
 * Of several channels the one whose secret signed the bytes is meant, and no other can be: `destination` is as true as the signature, and not read before.
 */
function webhook(channels: readonly ServedChannel[], askedAt: (request: Request) => ServedChannel): RequestHandler {
  return async (request, response) => {
    const receivedAt = Date.now();
    const { metrics: figures, log: diary } = askedAt(request);
    let timed = figures.webhookSeconds;
    const startedAt = performance.now();
    response.once('finish', () => timed.observe((performance.now() - startedAt) / 1_000));
    const raw = await rawBody(request, largestBodyBytes);
    if (!raw) {
      figures.webhooks.inc({ outcome: 'too-large' });
      return answer(response, 413);
    }
    const signature = request.get('x-line-signature');
    const channel = signature ? channels.find(({ isSigned }) => isSigned(raw, signature)) : undefined;
    if (!channel) {
      figures.webhooks.inc({ outcome: 'refused' });
      diary.warn({ status: 401, bytes: raw.length }, 'webhook refused: wrong signature');
      return answer(response, 401);
    }
    const { readEvents, inbox, metrics, log } = channel;
    timed = metrics.webhookSeconds;
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
function failure(logOf: (request: Request) => Log): ErrorRequestHandler {
  return (error: { status?: unknown; type?: unknown }, request, response, next) => {
    if (response.headersSent) return next(error);
    const status = typeof error.status === 'number' ? error.status : 500;
    logOf(request).warn(
      { method: request.method, path: request.path, status, reason: String(error.type ?? 'error') },
      'request failed',
    );
    response.sendStatus(status);
  };
}
