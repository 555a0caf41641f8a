/** The LINE that a channel talks to: the city's own, or the stand-in with its chat page. */
import { actionOf } from '../adapters/line/messages.ts';
import { type AccessToken, accessTokenOf, longLived } from '../adapters/line/token.ts';
import type { Simulator } from '../adapters/simulator/simulator.ts';
import type { Config } from './config.ts';
import { richMenuOf } from './dialogue/rich-menu.ts';
import type { Now } from './dialogue/types.ts';
import { mainLanguage as language } from './load/files.ts';
import type { LiveLibrary } from './load/live.ts';
import { stop } from './stop.ts';
import { writeTalk } from './talk.ts';

/** The stand-in brings more along. */
export type Line = { readonly channel: LineChannel } & Partial<Omit<Simulator, 'channel'>> & {
    readonly logLevel: 'info' | 'warn';
    readonly at?: { readonly host: string };
  };

interface LineChannel {
  readonly channelSecret: string;
  readonly accessToken: AccessToken;
  readonly apiBaseUrl: string;
}

export function openLine(config: Config, live: LiveLibrary, clock: () => Now): Line | Promise<Line> {
  return config.line ? realLine(config.line) : tryOut(config, live, clock);
}

function realLine(line: NonNullable<Config['line']>): Line {
  const { channelSecret, apiBaseUrl } = line;
  return { channel: { channelSecret, accessToken: accessTokenOf(line), apiBaseUrl }, logLevel: 'info' };
}

/**
 * The stand-in with its chat page. Loaded only here: production does without it. Its terminal shows only what needs attention, and
 * it is for this machine alone: who opens the page is not asked who they are.
 */
async function tryOut({ folder }: Config, live: LiveLibrary, clock: () => Now): Promise<Line> {
  const { openSimulator } = await import('../adapters/simulator/simulator.ts').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    return stop(
      'The chat page needs the development packages: npm ci. With a LINE channel (.env.example) it is not needed.',
    );
  });
  const menu = () => richMenuOf(live.library(), language);
  const simulator = await openSimulator({
    clock,
    menu: () => ({ bar: menu().bar, areas: menu().areas.map(actionOf) }),
    folders: [`${folder}/flows`, `${folder}/content`],
    reload: live.reload,
    files: live.problems,
    writeTalk: (steps) => writeTalk(steps, { menu: menu().areas, language, withLinks: true }),
  });
  const { channelSecret, channelAccessToken, apiBaseUrl } = simulator.channel;
  const channel = { channelSecret, accessToken: longLived(channelAccessToken), apiBaseUrl };
  return { ...simulator, channel, logLevel: 'warn', at: { host: '127.0.0.1' } };
}
