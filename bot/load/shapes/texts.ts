/** The shapes of `content/<language>/*.yaml`. */
import { z } from 'zod';
import { commands } from '../../dialogue/types.ts';
import { citations, conditions, lines, sentence, word } from './atoms.ts';

/** What a choice does: `flow: renewal`, `faq: bring`, `command: human`, `ask: visit` or `answer: { issued: unknown }`; and when it is there. */
const textChoice = z.strictObject({
  label: word.describe('ボタンの言葉。20文字まで。日付は {openDay1.brief} のように書けます'),
  flow: word.optional().describe('始める対話（flows/ の名前）'),
  faq: word.optional().describe('答えるよくある質問（faq.yaml の名前）'),
  command: z.enum(commands).optional().describe('決まったこと（最初から、戻る、職員に相談など）'),
  ask: word.optional().describe('頼まれたら聞く質問（同じ対話の on request: true の質問の名前）'),
  when: conditions.default({}).describe('このボタンを出すとき'),
  answer: z.record(word, word).optional().describe('質問への答え。「質問の名前: 値」'),
});
export type ChoiceShape = z.infer<typeof textChoice>;

const card = z.strictObject({
  tone: z.enum(['good', 'wait', 'late']).describe('色。good は手続きできる、wait は待つ、late は過ぎている'),
  title: sentence.describe('カードの見出し'),
  rows: z
    .array(z.strictObject({ label: word, value: sentence }))
    .min(1)
    .describe('行。「label: 項目、value: 中身」'),
  note: sentence.optional().describe('下に小さく出る注意'),
  alt: sentence.describe('通知とトーク一覧に出る1文。これだけで意味がわかるように'),
});

const variant = z.strictObject({
  when: conditions.default({}),
  text: sentence.optional().describe('吹き出しの文。200字くらいまでに'),
  more: sentence.optional().describe('「くわしく」が押されたときに出る続きの文'),
  card: card.optional().describe('表のような吹き出し'),
  choices: z.array(textChoice).default([]).describe('ボタン'),
  numbered: z.boolean().default(false).describe('true なら、文にも①②を付けて、番号で選べるようにします'),
  joins: z.boolean().default(false).describe('true なら、前の文と同じ吹き出しに入れます'),
});
export type VariantShape = z.infer<typeof variant>;

/** A sentence, or a text with card and choices, or variants of it with conditions. */
export const textShape = z
  .union([sentence.transform((text) => ({ text })), variant, z.array(variant).min(1)])
  .transform((text): VariantShape[] =>
    [text].flat().map((each) => ({
      when: {},
      choices: [],
      numbered: false,
      joins: false,
      ...each,
    })),
  );

export const questionShape = z.strictObject({
  name: word.describe('質問の短い名前'),
  ask: sentence.describe('はじめに聞くときの文'),
  retention: sentence.optional().describe('個人情報を、何に使い、いつまで残すか。ask の {retention} に入ります'),
  again: sentence.optional().describe('もう一度聞くときの短い文'),
  taken: sentence.optional().describe('答えを受け取ったときの一言'),
  why: sentence.optional().describe('「なぜ聞くの?」への一言'),
  requests: z.array(word).default([]).describe('この言葉だけが送られたら、この質問をします（on request: true の質問）'),
  offers: z.array(word).default([]).describe('答えのボタンにする日（規則が作る日の名前）'),
  reassure: sentence.optional().describe('「わからない」への一言'),
  called: z.array(word).default([]).describe('聞いていることの別の呼び名'),
  unknown: word.optional().describe('「わからない」のボタンの言葉'),
  retry: z.record(word, sentence).default({}).describe('読み取れなかった理由ごとの文'),
  choices: z
    .record(
      word,
      z.union([
        word.transform((label) => ({ label, also: [] as string[], contains: [] as string[] })),
        z.strictObject({
          label: word.describe('ボタンの言葉'),
          also: z.array(word).default([]).describe('その言葉だけなら、この選択肢とみなします'),
          contains: z.array(word).default([]).describe('文の中にあれば、この選択肢とみなします'),
        }),
      ]),
    )
    .default({})
    .describe('選択肢。「値: ボタンの言葉」、または label・also（その言葉だけなら）・contains（文の中にあれば）'),
});
export type QuestionShape = z.infer<typeof questionShape>;

/** A flow's texts: questions under the names of its slots, texts under the names that `tell` uses; told apart once the flow is known. */
export const flowTextsShape = z.record(word, z.unknown());

export const commonShape = z.strictObject({
  texts: z.record(word, textShape).describe('どの対話でも使う文'),
  phrases: z.record(word, textShape).describe('文の中で { } に入る、短い言い回し'),
  retry: z.record(word, sentence).describe('日付が読み取れなかったときの文'),
});

export const wordsShape = z.strictObject({
  name: word.describe('このことばの名前。ことばを選ぶボタンになります'),
  'not translated': word.optional().describe('まだ訳のない日本語の文の前に付く言葉'),
  'spaces between phrases': z
    .boolean()
    .default(false)
    .describe('true なら、文節のあいだに空白を入れます（やさしい日本語）'),
  called: z.array(word).min(1).describe('この言葉だけが送られたら、このことばにします'),
  commands: z
    .partialRecord(z.enum(commands), z.array(word).min(1))
    .describe('市民の言葉。その言葉だけが送られたら、いつでもはたらきます'),
  unknown: z.array(word).min(1).describe('「わからない」の言い方'),
  'around unknown': z.array(word).describe('「わからない」のまわりにあってもよい言葉'),
  'around start': z.array(word).describe('対話を始める言葉のまわりにあってもよい言葉'),
  yes: z.array(word).min(1).describe('「はい」の言い方。はじめのものがボタンになります'),
  no: z.array(word).min(1).describe('「いいえ」の言い方。はじめのものがボタンになります'),
  wrong: z.array(word).min(1).describe('いま受け取った答えがちがう、という言い方'),
  correct: z.array(word).min(1).describe('質問の名前といっしょなら、答えを聞き直す言葉'),
  secrets: z.array(word).min(1).describe('そばの番号を捨てて注意する言葉'),
  upset: z.array(word).describe('お怒りの方、お急ぎの方の言葉。文の中にあれば、職員を案内します'),
  people: z
    .record(word, z.array(word).min(1))
    .default({})
    .describe('どなたの分か。名前ごとに、ボタンの言葉と、ほかの言い方。self はご本人'),
  more: z.array(word).min(1).describe('「くわしく」の言い方。はじめのものがボタンになります'),
  'around language': z
    .array(word)
    .default([])
    .describe('ことばの名前のまわりにあってもよい言葉（「…でお願いします」など）'),
  'pick a date': word.describe('日付を選ぶボタンの言葉'),
  'pick a day': word.optional().describe('これからの日を選ぶボタンの言葉'),
  'do not know': word.describe('「わからない」のボタンの言葉'),
});

export const faqShape = z.record(
  word,
  z.strictObject({
    title: word.describe('短い名前。「もしかして」と聞き返すときのボタンになります。20文字まで'),
    asks: lines.describe('市民の聞き方。「|」のあとに、1行にひとつ。多いほど、よく答えられます'),
    answer: textShape.describe('答え。200字くらいまでに'),
    starts: word.optional().describe('答えのあとに始める対話'),
    command: z.enum(commands).exclude(['back']).optional().describe('答えの代わりにすること'),
    source: citations,
  }),
);

/** What another language says of the FAQ; what an entry does stands in Japanese only. */
export const faqTranslatedShape = z.record(
  word,
  z.strictObject({
    title: word.describe('短い名前。ボタンになります。20文字まで'),
    asks: lines.describe('市民の聞き方。「|」のあとに、1行にひとつ。多いほど、よく答えられます'),
    answer: textShape.describe('答え'),
  }),
);

/** The office's names in another language. */
export const officeWordsShape = z.record(word, sentence).describe('content/office.yaml の名前と、このことばでの書き方');

/** Of which words each translation was made. */
export const originalsShape = z.record(word, word).describe('文の名前と、もとの日本語の印');

const groups = z.array(z.array(z.string()).min(2));
const share = z.number().min(0).max(1);

/** How questions are matched with the FAQ. */
export const matchingShape = z
  .strictObject({
    sure: share.describe('これ以上に確かなら、答えます（0〜1）'),
    maybe: share.describe('これ以上なら「もしかして」と聞き返します（0〜1）'),
    same: groups.default([]).describe('同じ意味の言葉。2つめからあとは、1つめの言葉として読みます'),
    endings: groups.default([]).describe('打ち消しと語尾。2つめからあとは、1つめの言葉として読みます'),
    between: z.array(word).default([]).describe('ふたつの質問のあいだに立つ言葉'),
    'out of scope': lines.default([]).describe('ほかの窓口の用件や雑談の言い方。「|」のあとに、1行にひとつ'),
    elsewhere: z.array(word).default([]).describe('入っていれば、ほかの窓口の用件とする言葉'),
  })
  .refine(({ sure, maybe }) => maybe <= sure, {
    path: ['maybe'],
    error: 'maybe が sure より大きくなっています\nmaybe を sure より小さくしてください。',
  });

/** How people call the facts that conditions name. */
export const factNamesShape = z.record(
  word,
  z.strictObject({
    name: word.describe('わかったことの名前'),
    values: z.record(word, word).describe('値ごとの言い方'),
  }),
);

/** What clerks can put into an answer. */
export const repliesShape = z.record(
  word,
  z.strictObject({
    title: word.describe('選ぶときの名前。市民には見えません'),
    when: conditions.default({}),
    text: sentence.describe('返事に入れる文。送る前に直せます'),
  }),
);
