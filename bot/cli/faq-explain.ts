/** Why a question led where it led, on one screen. */
import type { Language } from '../dialogue/library.ts';
import { askedIn } from '../dialogue/questions.ts';

const candidatesShown = 4;
const reasonsShown = 6;

export function explained(question: string, language: Language): string {
  const { read, elsewhereWord, candidates } = language.matcher.explain(question);
  const asked = askedIn(question, language);
  const name = (id: string | null) =>
    id === null ? 'ほかの窓口の用件' : `${id}（${language.faq.get(id)?.title ?? id}）`;
  const rows = candidates.slice(0, candidatesShown).flatMap(({ id, score, reasons }) => [
    `  ${score.toFixed(3)}  ${name(id)}`,
    `         ${reasons
      .slice(0, reasonsShown)
      .filter(({ weight }) => weight > 0)
      .map(({ gram, weight }) => `「${gram.replace(' ', '')}」${weight.toFixed(2)}`)
      .join('  ')}`,
  ]);
  return [
    `質問      ${question}`,
    `読み方    ${read}`,
    `決まり    ${decision(asked, name)}`,
    ...(elsewhereWord === undefined ? [] : [`言葉      「${elsewhereWord}」があるので、ほかの窓口の用件です`]),
    '',
    '確かさと、それを選ばせた文字（^ は文のはじめと終わり）',
    ...rows,
  ].join('\n');
}

function decision({ faqs, choices, isElsewhere }: ReturnType<typeof askedIn>, name: (id: string) => string): string {
  if (faqs.length > 0) return `${faqs.map(name).join(' と ')} を答えます`;
  if (isElsewhere) return 'ほかの窓口の用件としてご案内します';
  if (choices.length > 0) return `「もしかして」と聞き返します: ${choices.map(name).join('、')}`;
  return '読み取れませんでした、とお返しします';
}
