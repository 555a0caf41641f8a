/** Ways of asking that lead elsewhere: an entry of the FAQ lists them, and another one answers. */
import type { Library } from '../dialogue/library.ts';
import type { Notice } from './notices.ts';

export function askNotices({ languages }: Library): Notice[] {
  return [...languages].flatMap(([language, { faq, matcher }]) =>
    [...faq.values()].flatMap(({ id, asks }) =>
      asks.flatMap((ask) => {
        const { faq: answered, isElsewhere } = matcher.match(ask);
        if (answered === id) return [];
        const instead = isElsewhere
          ? 'ほかの窓口の用件として案内します'
          : `「${answered ?? 'わからない'}」と受け取ります`;
        return [{ file: `content/${language}/faq.yaml`, message: `「${ask}」と聞くと、「${id}」ではなく${instead}。` }];
      }),
    ),
  );
}
