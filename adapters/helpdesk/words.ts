/** What was said, in words, for whoever reads it in a list: also what is no text. */
import type { Media } from '../../bot/dialogue/types.ts';
import type { Entry } from './ticket.ts';

const mediaNames: Readonly<Record<Media['type'], string>> = {
  image: '写真',
  video: '動画',
  audio: '音声',
  file: 'ファイル',
  location: '場所',
  sticker: 'スタンプ',
  other: '文字でないもの',
};

export function wordsOf({ text, media }: Pick<Entry, 'text' | 'media'>): string {
  if (!media) return text;
  return media.note === '' ? `（${mediaNames[media.type]}）` : `（${mediaNames[media.type]}: ${media.note}）`;
}
