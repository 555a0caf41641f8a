/** The rich menu: one for everybody, with a bar that opens it and some areas. */
import { parseTemplate, placeholdersOf } from '../dialogue/template.ts';
import { checkLabel } from './check-label.ts';
import type { LanguageFiles } from './files.ts';
import type { Problem } from './problem.ts';

const mostAreas = 6;
const longestBar = 14;

export function checkRichMenu({ common }: LanguageFiles): Problem[] {
  const variants = common.value.texts['rich-menu'] ?? [];
  const [menu] = variants;
  if (!menu) return []; // said where texts are missing
  const path = ['texts', 'rich-menu'];
  const { text: bar = '', choices, when } = menu;
  const rows: readonly (readonly [boolean, string, string])[] = [
    [
      variants.length > 1 || Object.keys(when).length > 0,
      'メニューは、どなたにも同じものがひとつだけです',
      'when を消して、text と choices をひとつずつにしてください。',
    ],
    [
      bar.trim() === '' || placeholdersOf(parseTemplate(bar)).length > 0,
      'メニューの帯には、いつも同じ言葉が要ります',
      'text に「メニュー」のような言葉を書いてください。{ } は使えません。',
    ],
    [
      choices.length < 1 || choices.length > mostAreas,
      `メニューに並べられるのは1〜${mostAreas}個です（いまは${choices.length}個）`,
      'choices の数を直してください。',
    ],
  ];
  return [
    ...rows.filter(([isWrong]) => isWrong).map(([, message, remedy]) => common.problem(path, message, remedy, 'key')),
    ...checkLabel(common, [...path, 'text'], bar.trim(), longestBar),
  ];
}
