/** The environment that a command works in: of the only channel, or of the one that `CHANNEL` names. */
import { channelNames, cityFolder, type Environment, environmentOf, readEnvironment } from '../environment.ts';
import { stop } from './stop.ts';

// `--here`: the city that lies in this repository, whatever the environment says (npm test).
const all: Environment = process.argv.includes('--here') ? {} : readEnvironment();

/** Its name; undefined: it is the only one. */
export const channel = chosen(all);
export const environment = channel === undefined ? all : environmentOf(all, channel);

/** Where its `flows/` and `content/` lie. */
export const folder = cityFolder(environment);

function chosen(all: Environment): string | undefined {
  const names = channelNames(all);
  const name = all.CHANNEL?.trim();
  if (names.length === 0 && name) return stop(`CHANNELS がないので、CHANNEL=${name} は選べません。`);
  if (names.length === 0) return undefined;
  if (name && names.includes(name)) return name;
  if (name) return stop(`CHANNELS に「${name}」というチャネルはありません（${names.join('、')}）。`);
  return stop(`どのチャネルか、CHANNEL で選んでください（${names.join('、')}）。例: CHANNEL=${names[0]} npm run …`);
}

/** How a command is called for this channel. */
export function commandFor(words: string): string {
  return `${channel === undefined ? '' : `CHANNEL=${channel} `}npm run ${words}`;
}
