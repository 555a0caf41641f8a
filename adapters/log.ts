/** pino, as JSON lines on standard output. Callers log names and numbers only; the redaction is the second lock on the door. */
import { type DestinationStream, type Level, pino } from 'pino';
import type { Log, LogFields } from '../bot/ports.ts';

const secrets = [
  'text',
  'userId',
  'resident',
  'replyToken',
  'token',
  'channelAccessToken',
  'channelSecret',
  'authorization',
  'birthday',
  'url',
];

/** One write for some twenty lines, or for those of a tenth of a second; at once for a warning, and when the process ends. */
const standardOutput = () => pino.destination({ sync: false, minLength: 4_096, periodicFlush: 100 });

export function pinoLog({
  level = 'info',
  destination = standardOutput(),
}: {
  level?: Level;
  destination?: DestinationStream;
} = {}): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: secrets, censor: '(hidden)' },
  };
  const logger = pino(options, destination);
  const atOnce = (line: 'warn' | 'error') => (fields: LogFields, message: string) => {
    logger[line](fields, message);
    logger.flush();
  };
  return { info: (fields, message) => logger.info(fields, message), warn: atOnce('warn'), error: atOnce('error') };
}
