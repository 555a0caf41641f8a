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
  const isReady = pictures.length > 0 && pictures.every(({ isFresh }) => isFresh);
  return {
    title: 'リッチメニュー',
    look: () => lookAtMenus(account, pictures),
    ...(isReady && {
      mend: {
        will: `リッチメニューを、${pictures.length}つの言語で入れます`,
        run: (did) => setMenus(account, pictures, did),
      },
    }),
  };
}

async function lookAtMenus(account: LineAccount, pictures: readonly MenuPicture[]): Promise<readonly Finding[]> {
  const old = pictures.filter(({ isFresh }) => !isFresh);
  if (pictures.length === 0 || old.length > 0)
    return [
      wrong(
        `メニューの画像が、いまの文言と合っていません（${old.map(({ file }) => file).join('、') || '画像のもと content/rich-menu.svg がありません'}）`,
        `${picturesCommand} で作り直してください。`,
      ),
    ];
  const [menus, aliases, everybodys] = await Promise.all([account.menus(), account.aliases(), account.defaultMenu()]);
  const lackOf = async (picture: MenuPicture): Promise<string | undefined> => {
    const id = menus.find(({ name }) => name === nameOf(picture))?.richMenuId;
    if (id === undefined) return 'まだ入っていないか、前のものです';
    if (!(await account.hasPicture(id))) return '画像がまだです';
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
  const names = new Set(pictures.map(nameOf));
  const left = menus.filter(({ name }) => isOurs(name) && !names.has(name));
  if (reasons.size === 0 && left.length > 0)
    return [wrong(`前のメニューが残っています（${left.length}件）`, 'npm run line -- setup で消えます。')];
  if (reasons.size === 0) return [right(`${named(undefined)}（言語を選んでいない方には ${mainLanguage}）`)];
  return [...reasons].map((lack) => wrong(`${named(lack)}: ${lack}`, 'npm run line -- setup で入ります。'));
}

/** Goes on where an earlier run stopped: what is there already is taken as it is. */
async function setMenus(
  account: LineAccount,
  pictures: readonly MenuPicture[],
  did: (what: string) => void,
): Promise<void> {
  const before = await account.menus();
  const aliases = await account.aliases();
  const wanted = new Set<string>();
  const inLanguage = new Map<string, string>();
  for (const picture of pictures) {
    const { language, menu, png } = picture;
    const name = nameOf(picture);
    const known = before.find((each) => each.name === name)?.richMenuId;
    const id = known ?? (await account.createMenu(menuRequest(menu, name)));
    wanted.add(id);
    inLanguage.set(language, id);
    if (png && !(known && (await account.hasPicture(id)))) await account.setPicture(id, png);
    const alias = menuAlias(language);
    if (aliases.get(alias) !== id) await account.setAlias(alias, id, aliases.has(alias));
    if (language === mainLanguage) await account.setDefaultMenu(id);
    did(`${language}: ${known ? '前に入れたもの' : '新しく入れました'}`);
  }
  const old = before.filter(({ name, richMenuId }) => isOurs(name) && !wanted.has(richMenuId));
  // Residents who see an older one get its successor, and not the main language's.
  const pairs = old.flatMap(({ name, richMenuId }) => {
    const successor = inLanguage.get(name.split(' ')[1] ?? '');
    return successor ? [[richMenuId, successor] as const] : [];
  });
  if (pairs.length > 0) await account.relinkMenus(pairs);
  for (const { richMenuId } of old) await account.deleteMenu(richMenuId);
  if (old.length > 0) did(`前のメニューを消しました（${old.length}）`);
}

/** How many menus at LINE are ours. */
export async function countMenus(account: LineAccount): Promise<number> {
  return (await account.menus()).filter(({ name }) => isOurs(name)).length;
}

/** Takes out what `setMenus` put in; menus made otherwise stay. */
export async function undoMenus(account: LineAccount): Promise<void> {
  const ours = (await account.menus()).filter(({ name }) => isOurs(name)).map(({ richMenuId }) => richMenuId);
  const aliases = await account.aliases();
  if (ours.includes((await account.defaultMenu()) ?? '')) await account.cancelDefaultMenu();
  for (const [alias, menu] of aliases) if (ours.includes(menu)) await account.deleteAlias(alias);
  for (const menu of ours) await account.deleteMenu(menu);
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
