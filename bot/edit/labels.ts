/** Places in a file, as a form calls them: 「ボタン2 › 言葉」. */
import type { Place } from './change.ts';

const names: Readonly<Record<string, string>> = {
  text: '文',
  more: '「くわしく」で出る続き',
  card: 'カード',
  title: '見出し',
  rows: '行',
  label: '言葉',
  value: '中身',
  note: '注意',
  alt: '通知に出る文',
  choices: '選択肢',
  ask: 'はじめに聞く文',
  again: 'もう一度聞く文',
  taken: '受け取ったときの一言',
  reassure: '「わからない」への一言',
  why: '「なぜ聞くの?」への一言',
  requests: 'この質問を頼む言葉',
  retention: '何に使い、いつまで残すか',
  unknown: '「わからない」のボタン',
  retry: '読み取れなかったときの文',
  called: '別の呼び名',
  name: '名前',
  also: 'この言葉だけなら',
  contains: '文の中にあれば',
  asks: '市民の方の聞き方',
  answer: '答え',
  values: '言い方',
  subject: '件名',
  publisher: '出しているところ',
  place: '見るところ',
  updated: '資料の日付',
  checked: '確かめた日',
};

/** Empty for the whole of a section. A number is counted from 1. */
export function labelOf(path: Place): string {
  return path
    .map((key, index) => {
      if (typeof key === 'number') return index === 0 ? `場合${key + 1}` : `${key + 1}`;
      return path[index - 1] === 'values' ? key : (names[key] ?? key);
    })
    .join(' › ')
    .replaceAll(/ › (?=\d)/g, '');
}
