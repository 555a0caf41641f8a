/** What a new city is asked: a dozen things that are on its own page. */
import { z } from 'zod';
import { readHours, readYearEnd } from './hours.ts';

/** Digits and hyphens of every width are read; the rest is kept as it was typed. */
const line = z.string().transform((text) =>
  text
    .normalize('NFC')
    .replace(/[０-９]/g, (digit) => digit.normalize('NFKC'))
    .replace(/(?<=\d)[－−‐–](?=\d)/g, '-')
    .trim(),
);
const some = (hint: string) => line.pipe(z.string().min(1, hint));
const like = (pattern: RegExp, hint: string) => line.pipe(z.string().regex(pattern, hint));
const phone = like(/^0\d[\d-]{7,11}(?:（[^（）]+）)?$/, '06-1234-5678 や 06-1234-5678（市民課）のように書いてください');

export const answersShape = z.strictObject({
  name: like(/^.+[市区町村]$/, '市・区・町・村で終わる名前を書いてください'),
  reading: like(/^[ぁ-ん]+$/, 'ひらがなで、「し」などまで書いてください'),
  latin: like(
    /^(?!.*(?:City|Town|Village)$)[A-Z][A-Za-z' -]+$/,
    'ローマ字で、大文字から書いてください（City や Town は付けません）',
  ),
  section: some('電子証明書の更新を担当する課の名前を書いてください'),
  counter: some('窓口の名前を書いてください'),
  place: some('窓口がどこにあるかを書いてください'),
  address: like(/^〒\d{3}-\d{4} .+$/, '〒000-0000 のあとに、空白をひとつ入れて住所を書いてください'),
  hours: line.transform((text, context) => {
    const read = readHours(text);
    if (read) return read;
    context.addIssue({
      code: 'custom',
      message: '月〜金 9:00-12:00、13:00-17:00 のように、曜日と、始まりと終わりの時刻を書いてください',
    });
    return z.NEVER;
  }),
  yearEnd: line
    .transform(readYearEnd)
    .pipe(
      z
        .string()
        .regex(/^(?:なし|\d{2}-\d{2}~\d{2}-\d{2})$/, '12月29日〜1月3日 のように書くか、「なし」と書いてください'),
    ),
  phone,
  mainPhone: phone,
  fax: like(/^(?:なし|0\d[\d-]{7,11})$/, '番号を書くか、「なし」と書いてください'),
  page: like(/^https:\/\/\S+$/, 'https:// で始まるアドレスを書いてください'),
  desk: like(/^(?:はい|いいえ)$/, '「はい」か「いいえ」で答えてください'),
});
export type Answers = z.infer<typeof answersShape>;
export type Asked = keyof Answers;

interface Question {
  readonly ask: string;
  readonly example?: string;
  /** What Enter alone stands for, by what was told before. */
  readonly usual?: (told: Partial<Readonly<Record<Asked, string>>>) => string;
}

/** In the order of asking. */
export const questions: Readonly<Record<Asked, Question>> = {
  name: { ask: '市の名前', example: '〇〇市' },
  reading: { ask: '読みがな', example: 'まるまるし' },
  latin: { ask: 'ローマ字', example: 'Marumaru（City や Town は付けません）' },
  section: { ask: '担当の課', example: '市民部 市民課' },
  counter: { ask: '窓口の名前', usual: ({ section = '' }) => `${section.split(/\s/).at(-1)}の窓口` },
  place: { ask: '窓口の場所', example: '市役所1階' },
  address: { ask: '住所', example: '〒000-0000 〇〇県〇〇市〇〇1-1' },
  hours: { ask: '窓口の曜日と時間（昼休みがあれば、コンマで区切る）', example: '平日 8:45-12:00, 13:00-17:15' },
  yearEnd: { ask: '年末年始の休み', example: '12月28日〜1月4日。なければ「なし」' },
  phone: { ask: '担当の電話番号', example: '000-000-0000（マイナンバー係）' },
  mainPhone: { ask: '代表の電話番号', example: '000-000-0000' },
  fax: { ask: 'FAX 番号', usual: () => 'なし' },
  page: { ask: '電子証明書の更新を案内している、市のページ', example: 'https://…' },
  desk: { ask: '職員が LINE のトークで相談に答えますか（はい・いいえ）', usual: () => 'いいえ' },
};
