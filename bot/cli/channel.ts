/** The environment that a command works in: of the only channel, or of the one that `CHANNEL` names. */
import { channelNames, cityFolder, type Environment, environmentOf, readEnvironment } from '../environment.ts';
import { stop } from './stop.ts';

const all = readEnvironment();

/** Its name; undefined: it is the only one. */
export const channel = chosen(all);
export const environment = channel === undefined ? all : environmentOf(all, channel);

/** Where its `flows/` and `content/` lie. */
export const folder = cityFolder(environment);

function chosen(all: Environment): string | undefined {
  const names = channelNames(all);
  const name = all.CHANNEL?.trim();
  if (names.length === 0) return undefined;
  if (name && names.includes(name)) return name;
  return stop(`どのチャネルか、CHANNEL で選んでください（${names.join('、')}）。例: CHANNEL=${names[0]} npm run …`);
}
