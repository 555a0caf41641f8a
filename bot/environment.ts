/** The environment: this machine's with `.env`, and what of it is one channel's where several run side by side. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { root } from './root.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Variables that are set already win over `.env`. */
export function readEnvironment(): Environment {
  if (existsSync(`${root}/.env`)) process.loadEnvFile(`${root}/.env`);
  return process.env;
}

/** `CHANNELS=live,trial`; none: there is one, without a name. */
export function channelNames({ CHANNELS = '' }: Environment): string[] {
  return CHANNELS.split(/[\s,]+/).filter((name) => name !== '');
}

/** What is the same for all channels, unless one says otherwise: it concerns the machine, or LINE itself. */
export const commonVariables: ReadonlySet<string> = new Set([
  'PORT',
  'HOST',
  'NODE_ENV',
  'LINE_API_BASE_URL',
  'BOT_TODAY',
]);

/** `TRIAL_REDIS_URL` is the REDIS_URL of the channel `trial`; nothing of another channel's is in it. */
export function environmentOf(environment: Environment, channel: string): Environment {
  const prefix = prefixOf(channel);
  const entries = Object.entries(environment);
  return Object.fromEntries([
    ...entries.filter(([name]) => commonVariables.has(name)),
    ...entries.filter(([name]) => name.startsWith(prefix)).map(([name, value]) => [name.slice(prefix.length), value]),
  ]);
}

export function prefixOf(channel: string): string {
  return `${channel.toUpperCase()}_`;
}

/** Where the channel's `flows/` and `content/` lie. */
export function cityFolder({ CITY_FOLDER: folder = '' }: Environment): string {
  return resolve(root, folder.trim());
}
