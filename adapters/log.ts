/** pino, as JSON lines on standard output. Callers log names and numbers only; the redaction is the second lock on the door. */
import { type DestinationStream, type Level, pino } from 'pino';
import type { Log, LogFields } from '../bot/ports.ts';

const secrets = [
  'text',
  'userId',
  'resident',
  'replyToken',
  'token',
  'accessToken',
  'channelAccessToken',
  'channelSecret',
  'authorization',
  'birthday',
  'url',
];

/** A log, and the end of it: what is left is written, as far as whoever reads it keeps up. */
export type ClosableLog = Log & { close(): Promise<void> };

/** One write for some twenty lines, or for those of a tenth of a second. */
const standardOutput = () => pino.destination({ sync: false, minLength: 4_096, periodicFlush: 100 });

/** A reader that does not keep up is not waited for longer than this. */
const lastLinesMs = 500;

export function pinoLog({
  level = 'info',
  channel,
  destination = standardOutput(),
}: {
  level?: Level;
  /** Which of several writes; each line names it. */
  channel?: string | undefined;
  destination?: Destination;
} = {}): ClosableLog {
  const options = {
    level,
    base: channel === undefined ? null : { channel },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: secrets, censor: '(hidden)' },
  };
  const logger = pino(options, destination);
  // A warning is written at once. Without a callback: that would ask the disk each time.
  const atOnce = (line: 'warn' | 'error') => (fields: LogFields, message: string) => {
    logger[line](fields, message);
    destination.flush?.();
  };
  return {
    info: (fields, message) => logger.info(fields, message),
    warn: atOnce('warn'),
    error: atOnce('error'),
    close: () =>
      new Promise((resolve) => {
        if (!destination.flush) return resolve();
        setTimeout(resolve, lastLinesMs).unref();
        destination.flush(() => resolve());
      }),
  };
}

type Destination = DestinationStream & { flush?(done?: () => void): void };
