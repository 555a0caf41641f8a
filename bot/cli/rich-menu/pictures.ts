/** The rich menus of a city with their pictures, one a language. */
import { existsSync, readFileSync } from 'node:fs';
import type { MenuWords } from '../../../adapters/line/rich-menu.ts';
import type { Library } from '../../dialogue/library.ts';
import { richMenuOf } from '../../dialogue/rich-menu.ts';
import { isDrawnFrom } from './png.ts';
import { menuSvg } from './svg.ts';

export interface MenuPicture {
  readonly language: string;
  readonly menu: MenuWords;
  readonly svg: string;
  /** Relative to the city's folder. */
  readonly file: string;
  /** Undefined: it was never drawn. */
  readonly png: Buffer | undefined;
  /** It shows today's words. */
  readonly isFresh: boolean;
}

export const picturesCommand = 'npm run rich-menu';
export const templateFile = 'content/rich-menu.svg';

/** None where the city has no template. */
export function menuPictures(library: Library, folder: string): MenuPicture[] {
  const template = read(`${folder}/${templateFile}`)?.toString('utf8');
  if (template === undefined) return [];
  return [...library.languages.keys()].map((language) => {
    const menu = richMenuOf(library, language);
    const svg = menuSvg(template, menu, language);
    const file = `content/${language}/rich-menu.png`;
    const png = read(`${folder}/${file}`);
    return { language, menu, svg, file, png, isFresh: png !== undefined && isDrawnFrom(png, svg) };
  });
}

function read(path: string): Buffer | undefined {
  return existsSync(path) ? readFileSync(path) : undefined;
}
