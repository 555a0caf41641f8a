/** Ways of asking that lead elsewhere: an entry of the FAQ lists them, and another one answers. */
import type { Library } from '../dialogue/library.ts';
import type { Notice } from './notices.ts';

export function askNotices(library: Library): Notice[] {
  const ready = found.get(library) ?? noticesOf(library);
  found.set(library, ready);
  return ready;
}

/** Asking every way of asking takes a second: once for each library. */
const found = new WeakMap<Library, Notice[]>();

function noticesOf({ languages }: Library): Notice[] {
  return [...languages].flatMap(([language, { faq, matcher }]) =>
    [...faq.values()].flatMap(({ id, title, asks }) =>
      asks.flatMap((ask) => {
        const { faq: answered, choices, isElsewhere } = matcher.match(ask);
        if (answered === id || choices[0] === id) return [];
        const other = answered === null ? undefined : faq.get(answered)?.title;
        const instead = isElsewhere
          ? 'ほかの窓口の用件としてご案内します'
          : other
            ? `「${other}」の答えが出ます`
            : '答えが出ません';
        return [{ file: `content/${language}/faq.yaml`, message: `「${title}」の聞き方「${ask}」では、${instead}。` }];
      }),
    ),
  );
}
