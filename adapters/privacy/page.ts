/** The privacy notice at `/privacy`, in the language of whoever opens it. It holds nothing of anybody, and runs no script. */
import { fileURLToPath } from 'node:url';
import express, { type Router } from 'express';
import helmet from 'helmet';
import type { PrivacyNotice } from '../../bot/dialogue/types.ts';
import { escaped } from '../html.ts';

const contentSecurityPolicy = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
  },
};

export interface PrivacyPageOptions {
  readonly isSecure: boolean;
  /** The one of these languages that is nearest to what a browser wants (`zh-CN` → `zh-Hans`), if any is. */
  readonly nearest: (wanted: string, languages: readonly string[]) => string | undefined;
}

/** `notices`: one for each language, the main one first. `?lang=en` asks for one of them. */
export function privacyPage(
  notices: () => readonly PrivacyNotice[],
  { isSecure, nearest }: PrivacyPageOptions,
): Router {
  const router = express.Router();
  router.use('/privacy', helmet({ contentSecurityPolicy, strictTransportSecurity: isSecure }));
  router.get('/privacy/page.css', (_, response) =>
    response.sendFile('page.css', { root: fileURLToPath(new URL('.', import.meta.url)), cacheControl: false }),
  );
  router.get('/privacy', (request, response) => {
    const all = notices();
    const tags = all.map(({ language }) => language);
    const spoken = request.acceptsLanguages().flatMap((tag) => nearest(tag, tags) ?? []);
    const wanted = [String(request.query.lang ?? ''), ...spoken].find((tag) => tags.includes(tag));
    const notice = all.find(({ language }) => language === wanted) ?? all[0];
    if (!notice) return void response.sendStatus(404);
    response.set({ 'cache-control': 'no-cache', vary: 'accept-language' }).type('html').send(pageOf(notice, all));
  });
  return router;
}

function pageOf({ language, sections }: PrivacyNotice, all: readonly PrivacyNotice[]): string {
  const [top, ...others] = sections;
  const paragraphs = (lines: readonly string[]) => lines.map((line) => `<p>${escaped(line)}</p>`).join('\n');
  const links = all.map((each) =>
    each.language === language
      ? `<li><a aria-current="page" lang="${each.language}">${escaped(each.name)}</a></li>`
      : `<li><a href="?lang=${each.language}" hreflang="${each.language}" lang="${each.language}">${escaped(each.name)}</a></li>`,
  );
  return `<!doctype html>
<html lang="${language.startsWith('ja') ? 'ja' : language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${escaped(top?.heading ?? '')}</title>
    <link rel="icon" href="/page/avatar.svg">
    <link rel="stylesheet" href="/page/colours.css">
    <link rel="stylesheet" href="/privacy/page.css">
  </head>
  <body>
    <nav aria-label="Language"><ul>${links.join('')}</ul></nav>
    <main>
      <h1>${escaped(top?.heading ?? '')}</h1>
      ${paragraphs(top?.lines ?? [])}
      ${others.map(({ heading, lines }) => `<section><h2>${escaped(heading)}</h2>\n${paragraphs(lines)}</section>`).join('\n')}
    </main>
  </body>
</html>
`;
}
