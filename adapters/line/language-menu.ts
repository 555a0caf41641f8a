/** Residents see the rich menu in the language that they are spoken to in (docs: Link rich menu to user; Get rich menu alias information). */
import { z } from 'zod';
import { askAsChannel } from './ask.ts';
import type { LineAccess } from './http.ts';
import { menuAlias } from './rich-menu.ts';

const answerWithinMs = 5_000;
/** Another menu may have come under the alias. */
const knownForMs = 10 * 60_000;
const aliasShape = z.object({ richMenuId: z.string() });

export interface LanguageMenuOptions extends LineAccess {
  /** Its menu is everybody's who has none of their own. */
  readonly mainLanguage: string;
  readonly now: () => number;
}

/** Never rejects: a menu in another language does the same things. A language without a menu (nobody has set it up) has everybody's. */
export function languageMenu(options: LanguageMenuOptions): (resident: string, language: string) => Promise<void> {
  const { accessToken, apiBaseUrl, log, mainLanguage, now } = options;
  const asking = { accessToken, baseUrl: apiBaseUrl, withinMs: answerWithinMs };
  const known = new Map<string, { readonly menu: string | undefined; readonly at: number }>();

  async function menuOf(language: string): Promise<string | undefined> {
    if (language === mainLanguage) return undefined;
    const before = known.get(language);
    if (before && now() - before.at < knownForMs) return before.menu;
    const answer = await askAsChannel(`/v2/bot/richmenu/alias/${menuAlias(language)}`, asking);
    const menu = answer.status === 200 ? aliasShape.parse(await answer.json()).richMenuId : undefined;
    if (answer.status !== 200) await answer.body?.cancel();
    if (answer.status !== 200 && answer.status !== 404) throw new Error(String(answer.status));
    known.set(language, { menu, at: now() });
    return menu;
  }

  async function show(resident: string, language: string, isSecondTry = false): Promise<void> {
    const menu = await menuOf(language);
    const path = `/v2/bot/user/${encodeURIComponent(resident)}/richmenu${menu === undefined ? '' : `/${menu}`}`;
    const answer = await askAsChannel(path, asking, menu === undefined ? 'DELETE' : 'POST');
    await answer.body?.cancel();
    // Whoever had no menu of their own has none to be taken away.
    if (answer.status < 300 || (menu === undefined && answer.status === 404)) return;
    known.delete(language);
    // Another menu has come under the alias meanwhile.
    if (answer.status === 404 && !isSecondTry) return show(resident, language, true);
    log.warn({ status: answer.status }, 'LINE shows a resident the menu as before');
  }

  /** Of two changes the later one holds. */
  const last = new Map<string, Promise<void>>();
  return (resident, language) => {
    const done = (last.get(resident) ?? Promise.resolve())
      .then(() => show(resident, language))
      .catch((error: unknown) =>
        log.warn(
          { error: error instanceof Error ? error.name : 'unknown' },
          'LINE shows a resident the menu as before',
        ),
      )
      .finally(() => {
        if (last.get(resident) === done) last.delete(resident);
      });
    last.set(resident, done);
    return done;
  };
}
