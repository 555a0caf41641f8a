/** pino, as JSON lines on standard output. Callers log names and numbers only; the redaction is the second lock on the door. */
import { type DestinationStream, type Level, pino } from 'pino';
import type { Log } from '../bot/ports.ts';

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

export function pinoLog({ level = 'info', destination }: { level?: Level; destination?: DestinationStream } = {}): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: secrets, censor: '(hidden)' },
  };
  const logger = destination ? pino(options, destination) : pino(options);
  return {
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
  };
}
