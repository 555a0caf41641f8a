/** `npm run check`: every problem in flows/ and content/, in Japanese, with its place and remedy; exit code 1 if there is any. And what to look at soon. */
import { askNotices } from '../load/ask-notices.ts';
import { noticesOf } from '../load/notices.ts';
import { translationNotices } from '../load/translation-notices.ts';
import { root } from '../root.ts';
import { localNow } from '../rules/dates.ts';
import { folder } from './channel.ts';
import { unseenTexts } from './coverage.ts';
import { loadOrStop } from './load-or-stop.ts';
import { menuPictures, picturesCommand } from './rich-menu/pictures.ts';

const { library, files } = loadOrStop();
const { flows, languages, timezone } = library;
const counts = [...languages].map(
  ([language, { texts, faq }]) => `${language}: 文 ${texts.size}・よくある質問 ${faq.size}`,
);
console.log(`問題はありません（対話 ${flows.size}、${counts.join('、')}）。`);
// Talks are of the city whose folder they lie in.
const unseen = folder === root ? unseenTexts(library, [`${root}/test/talks`, `${root}/test/paths`]) : [];
const oldPictures = menuPictures(library, folder).filter(({ isFresh }) => !isFresh);
const notices = [
  ...noticesOf(files, localNow(new Date(), timezone).today),
  ...translationNotices(files),
  ...askNotices(library),
  ...(unseen.length > 0
    ? [{ file: 'test/talks', message: `どの会話の記録にも道の一覧にも出てこない文: ${unseen.join('、')}` }]
    : []),
  ...oldPictures.map(({ file }) => ({
    file,
    message: `メニューの画像が、いまの文言と合っていません。${picturesCommand} で作り直してください。`,
  })),
];
if (notices.length > 0)
  console.log(`\nそろそろ見てください:\n${notices.map(({ file, message }) => `  ${file}  ${message}`).join('\n')}`);
