/** `npm run rich-menu`: draws the rich menu's picture of every language anew, of `content/rich-menu.svg` and the words in `content/`. */
import { writeFileSync } from 'node:fs';
import { folder } from './channel.ts';
import { loadOrStop } from './load-or-stop.ts';
import { menuPictures, templateFile } from './rich-menu/pictures.ts';
import { drawPng, LettersMissing } from './rich-menu/png.ts';
import { stop } from './stop.ts';

const pictures = menuPictures(loadOrStop().library, folder);
if (pictures.length === 0) stop(`${templateFile} がありません。`);
for (const { svg, file, isFresh } of pictures) {
  const png = await drawPng(svg).catch((error: NodeJS.ErrnoException) => {
    if (error instanceof LettersMissing)
      return stop('画像の文字がこの機械にありません。Debian なら: apt-get install fonts-noto-cjk');
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    return stop('画像を作るには、開発用のパッケージが要ります: npm ci');
  });
  writeFileSync(`${folder}/${file}`, png);
  console.log(`${file}  ${Math.round(png.length / 1024)} kB${isFresh ? '' : '（新しくなりました）'}`);
}
