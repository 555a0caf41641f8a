/** The picture of a rich menu: `content/rich-menu.svg` with the areas' words and icons in it. */
import { escaped } from '../../../adapters/html.ts';
import { type Bounds, type MenuWords, menuLayout } from '../../../adapters/line/rich-menu.ts';
import type { Choice } from '../../dialogue/types.ts';
import { linesOf, widthInEms } from './lines.ts';

const gap = 22;
const icon = { size: 300, top: 110 } as const;
const words = { middle: 610, width: 740, largest: 112, lineHeight: 1.25 } as const;

/** `template` has the places {width}, {height}, {family} and {areas}. `language`: a BCP 47 tag; it says where a line may break. */
export function menuSvg(template: string, { areas }: MenuWords, language: string): string {
  const { width, height, bounds } = menuLayout(areas.length);
  const drawn = bounds.flatMap((place, index) => {
    const area = areas[index];
    if (!area) return [];
    const icon = iconOf(area);
    const known = template.includes(`id="${icon}"`) ? icon : 'icon-other';
    return [areaSvg(place, { number: index + 1, icon: known, lines: linesOf(area.label, language) })];
  });
  return template
    .replace(/<!--[\s\S]*?-->\s*/g, '')
    .replaceAll('{family}', familyOf(language))
    .replaceAll('{width}', String(width))
    .replaceAll('{height}', String(height))
    .replace(/^\{areas\}$/m, () => drawn.join('\n'));
}

/** Chinese, Japanese and Korean write the same characters in their own ways (Debian: fonts-noto-cjk). */
function familyOf(tag: string): string {
  const { language, script } = new Intl.Locale(tag);
  const region = language === 'ko' ? 'KR' : language !== 'zh' ? 'JP' : script === 'Hant' ? 'TC' : 'SC';
  return `Noto Sans CJK ${region}`;
}

function areaSvg(
  { x, y, width, height }: Bounds,
  { number, icon: name, lines }: { number: number; icon: string; lines: readonly string[] },
): string {
  const middle = Math.round(width / 2);
  const size = Math.min(words.largest, Math.floor(words.width / Math.max(...lines.map(widthInEms))));
  // The letters' middle lies about a third of their size above the line that they stand on.
  const first = words.middle + size * 0.36 - ((lines.length - 1) * size * words.lineHeight) / 2;
  return [
    `  <g class="area-${number}" transform="translate(${x} ${y})">`,
    `    <rect class="tile" x="${gap}" y="${gap}" width="${width - 2 * gap}" height="${height - 2 * gap}" rx="48"/>`,
    `    <use class="icon" href="#${name}" x="${middle - icon.size / 2}" y="${icon.top}" width="${icon.size}" height="${icon.size}"/>`,
    ...lines.map(
      (line, index) =>
        `    <text class="label" x="${middle}" y="${Math.round(first + index * size * words.lineHeight)}" font-size="${size}">${escaped(line)}</text>`,
    ),
    '  </g>',
  ].join('\n');
}

/** `icon-faq-bring`, by what a tap does. */
function iconOf({ does }: Choice): string {
  if (does.kind !== 'button' || does.button.kind !== 'do') return 'icon-other';
  const { kind, ...what } = does.button.action;
  return ['icon', kind, ...Object.values(what)].join('-');
}
