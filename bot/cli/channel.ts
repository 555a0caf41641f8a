/** The environment that a command works in: of the only channel, or of the one that `CHANNEL` names. */
import { channelNames, cityFolder, type Environment, environmentOf, readEnvironment } from '../environment.ts';
import { stop } from './stop.ts';

export const environment = chosen(readEnvironment());

/** Where its `flows/` and `content/` lie. */
export const folder = cityFolder(environment);

function chosen(all: Environment): Environment {
  const names = channelNames(all);
  const name = all.CHANNEL?.trim();
  if (names.length === 0) return all;
  if (name && names.includes(name)) return environmentOf(all, name);
  return stop(`どのチャネルか、CHANNEL で選んでください（${names.join('、')}）。例: CHANNEL=${names[0]} npm run …`);
}
