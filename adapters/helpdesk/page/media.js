/** A picture or the like that a resident sent, when a clerk asks for it. */
import { h } from '../../page/dom.js';

/** @import { Media } from '../../../bot/dialogue/types.ts' */

/** What LINE keeps for a while. @type {Partial<Record<Media['type'], string>>} */
const fetched = { image: '写真を見る', video: '動画を開く', audio: '音声を開く', file: 'ファイルを保存する' };

/**
 * The picture in place of its button; anything else in a window of its own.
 * @param {Media['type']} type
 * @param {string} address
 */
export function mediaShown(type, address) {
  const box = h('div', { class: 'media' });
  const gone = () => box.replaceChildren('もう見られません。');
  const show = () => {
    if (type !== 'image') return void window.open(address, '_blank', 'noopener');
    const picture = h('img', { src: address, alt: '市民が送った写真', onerror: gone });
    box.replaceChildren(picture);
  };
  const label = fetched[type];
  if (label) box.append(h('button', { type: 'button', onclick: show }, `${label}（記録されます）`));
  return box;
}
