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
  const show = () => {
    if (type !== 'image') return void window.open(address, '_blank', 'noopener');
    const gone = () => box.replaceChildren('いまは見られません。', button);
    box.replaceChildren(h('img', { src: `${address}?${Date.now()}`, alt: '市民が送った写真', onerror: gone }));
  };
  const label = fetched[type];
  const button = h('button', { type: 'button', onclick: show }, `${label}（記録されます）`);
  if (label) box.append(button);
  return box;
}
