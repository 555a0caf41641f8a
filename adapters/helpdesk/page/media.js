/** What a resident sent that is no text: its name, and the thing itself when a clerk asks for it. */
import { h } from '../../page/dom.js';

/** @import { Media } from '../../../bot/dialogue/types.ts' */

/** @type {Record<Media['type'], string>} */
const names = {
  image: '写真',
  video: '動画',
  audio: '音声',
  file: 'ファイル',
  location: '場所',
  sticker: 'スタンプ',
  other: '文字でないもの',
};

/** What LINE keeps for a while. */
const fetched = ['image', 'video', 'audio', 'file'];

/** @param {Media | null} media */
export function mediaName(media) {
  if (!media) return '';
  return media.note === '' ? `（${names[media.type]}）` : `（${names[media.type]}: ${media.note}）`;
}

/**
 * The picture in place of its button; anything else in a window of its own.
 * @param {Media} media
 * @param {string} address
 */
export function mediaShown(media, address) {
  const box = h('div', { class: 'media' });
  const gone = () => box.replaceChildren('もう見られません。');
  const show = () => {
    if (media.type !== 'image') return void window.open(address, '_blank', 'noopener');
    const picture = h('img', { src: address, alt: '市民が送った写真', onerror: gone });
    box.replaceChildren(picture);
  };
  if (fetched.includes(media.type))
    box.append(h('button', { type: 'button', onclick: show }, `${names[media.type]}を見る（記録されます）`));
  return box;
}
