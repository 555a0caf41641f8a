/** The rich menus at LINE: one a language, found again by their names and aliases; everybody has the main language's. */
import { createHash } from 'node:crypto';
import type { LineAccount } from '../../../adapters/line/account.ts';
import { menuAlias, menuRequest } from '../../../adapters/line/rich-menu.ts';
import { mainLanguage } from '../../load/files.ts';
import { type MenuPicture, picturesCommand } from '../rich-menu/pictures.ts';
import { type Finding, right, type Step, wrong } from './step.ts';

/** Menus that are ours begin with it; others are left alone. */
const owner = '更新ナビ';

export function menusStep(account: LineAccount, pictures: readonly MenuPicture[]): Step {
  return {
    title: 'リッチメニュー',
    look: () => lookAtMenus(account, pictures),
    mend: {
      will: `リッチメニューを、${pictures.length}のことばで入れます`,
      run: (did) => setMenus(account, pictures, did),
    },
  };
}

async function lookAtMenus(account: LineAccount, pictures: readonly MenuPicture[]): Promise<readonly Finding[]> {
  const old = pictures.filter(({ isFresh }) => !isFresh);
  if (pictures.length === 0 || old.length > 0)
    return [
      wrong(
        `メニューの絵がないか、いまの言葉のものではありません（${old.map(({ file }) => file).join('、') || '絵のもとがありません'}）`,
        `${picturesCommand} で作り直してください。`,
      ),
    ];
  const [menus, aliases, everybodys] = await Promise.all([account.menus(), account.aliases(), account.defaultMenu()]);
  const lackOf = async (picture: MenuPicture): Promise<string | undefined> => {
    const id = menus.find(({ name }) => name === nameOf(picture))?.richMenuId;
    if (id === undefined) return 'まだ入っていないか、前のものです';
    if (!(await account.hasPicture(id))) return '絵がまだです';
    if (aliases.get(menuAlias(picture.language)) !== id) return 'エイリアスがまだです';
    return picture.language === mainLanguage && everybodys !== id
      ? 'みなさんに出るメニューになっていません'
      : undefined;
  };
  const lacks = await Promise.all(
    pictures.map(async (picture) => ({ language: picture.language, lack: await lackOf(picture) })),
  );
  const named = (lack: string | undefined) =>
    lacks
      .filter((each) => each.lack === lack)
      .map(({ language }) => language)
      .join('、');
  const reasons = new Set(lacks.flatMap(({ lack }) => lack ?? []));
  if (reasons.size === 0) return [right(`${named(undefined)}（ことばを選ばない方には ${mainLanguage}）`)];
  return [...reasons].map((lack) => wrong(`${named(lack)}: ${lack}`, 'npm run line -- setup で入ります。'));
}

/** Goes on where an earlier run stopped: what is there already is taken as it is. */
async function setMenus(
  account: LineAccount,
  pictures: readonly MenuPicture[],
  did: (what: string) => void,
): Promise<void> {
  if (pictures.some(({ isFresh }) => !isFresh)) return; // said by the look
  const before = await account.menus();
  const aliases = await account.aliases();
  const wanted = new Set<string>();
  for (const picture of pictures) {
    const { language, menu, png } = picture;
    const name = nameOf(picture);
    const known = before.find((each) => each.name === name)?.richMenuId;
    const id = known ?? (await account.createMenu(menuRequest(menu, name)));
    wanted.add(id);
    if (png && !(known && (await account.hasPicture(id)))) await account.setPicture(id, png);
    const alias = menuAlias(language);
    if (aliases.get(alias) !== id) await account.setAlias(alias, id, aliases.has(alias));
    if (language === mainLanguage) await account.setDefaultMenu(id);
    did(`${language}: ${known ? '前に入れたもの' : '新しく入れました'}`);
  }
  const old = before.filter(({ name, richMenuId }) => isOurs(name) && !wanted.has(richMenuId));
  for (const { richMenuId } of old) await account.deleteMenu(richMenuId);
  if (old.length > 0) did(`前のメニューを消しました（${old.length}）`);
}

/** Takes out what `setMenus` put in; menus made otherwise stay. How many there were. */
export async function undoMenus(account: LineAccount): Promise<number> {
  const ours = (await account.menus()).filter(({ name }) => isOurs(name)).map(({ richMenuId }) => richMenuId);
  const aliases = await account.aliases();
  if (ours.includes((await account.defaultMenu()) ?? '')) await account.cancelDefaultMenu();
  for (const [alias, menu] of aliases) if (ours.includes(menu)) await account.deleteAlias(alias);
  for (const menu of ours) await account.deleteMenu(menu);
  return ours.length;
}

/** Another one as soon as words, areas or picture are other. */
function nameOf({ language, menu, png }: MenuPicture): string {
  const print = createHash('sha256')
    .update(JSON.stringify(menuRequest(menu, '')))
    .update(png ?? '');
  return `${owner} ${language} ${print.digest('hex').slice(0, 12)}`;
}

function isOurs(name: string): boolean {
  return name.startsWith(`${owner} `);
}
