/** The words of one question: every choice has a label, every refusal a sentence. */
import { commonRetries } from '../dialogue/common-texts.ts';
import { missing } from './check-common.ts';
import { ruleOf } from './check-flow.ts';
import { checkLabel } from './check-label.ts';
import { checkSentence } from './check-sentence.ts';
import type { FlowFile } from './files.ts';
import { type AskLine, askLines } from './flow.ts';
import type { Names } from './names.ts';
import { didYouMean } from './near.ts';
import type { Problem } from './problem.ts';
import type { QuestionShape } from './shapes/texts.ts';
import type { YamlFile } from './yaml.ts';

export function checkQuestion(
  file: YamlFile<unknown>,
  words: QuestionShape,
  { line, flow, names }: { line: AskLine; flow: FlowFile; names: Names },
): Problem[] {
  const isToldOfKeeping = words.retention !== undefined || ruleOf(flow)?.slots[line.slot]?.personal;
  return [
    ...checkRetention(file, words, { line, flow }),
    ...checkChoices(file, words, { line, flow }),
    ...checkRetries(file, words, { line, flow }),
    ...sentencesOf(words).flatMap(([path, sentence]) =>
      checkSentence(
        file,
        [line.slot, ...path],
        sentence,
        path[0] === 'ask' && isToldOfKeeping ? withRetention(names) : names,
      ),
    ),
    ...checkLabel(file, [line.slot, 'unknown'], words.unknown ?? ''),
    ...checkWhereItFits(file, words, line),
    ...words.offers
      .map((name, index) => ({ name, index }))
      .filter(({ name }) => names.get(name) !== 'date')
      .map(({ name, index }) =>
        file.problem(
          [line.slot, 'offers', index],
          `「${name}」という日はありません`,
          didYouMean(
            name,
            [...names].flatMap(([each, kind]) => (kind === 'date' ? [each] : [])),
          ),
        ),
      ),
  ];
}

/** What only some questions have. */
function checkWhereItFits(
  file: YamlFile<unknown>,
  { requests, offers }: QuestionShape,
  { slot, kind, onRequest }: AskLine,
): Problem[] {
  return [
    ...(requests.length === 0 || onRequest
      ? []
      : [
          file.problem(
            [slot, 'requests'],
            `「${slot}」は、頼まれて聞く質問ではありません`,
            'requests を消すか、flows/ のこの質問に on request: true を付けてください。',
            'key',
          ),
        ]),
    ...(offers.length === 0 || kind === 'day'
      ? []
      : [
          file.problem(
            [slot, 'offers'],
            `「${slot}」は、これからの日を聞く質問ではありません`,
            'offers は、flows/ で「day」と書いた質問だけで使えます。この部分を消してください。',
            'key',
          ),
        ]),
  ];
}

interface Context {
  readonly line: AskLine;
  readonly flow: FlowFile;
}

function checkChoices(file: YamlFile<unknown>, { choices }: QuestionShape, { line, flow }: Context): Problem[] {
  const at = askLines(flow).findIndex(({ slot }) => slot === line.slot);
  return [
    ...line.choices.flatMap((choice, index) =>
      choices[choice]
        ? []
        : [
            flow.problem(
              ['ask', at, line.slot, index],
              `${line.slot} の選択肢 ${choice} に表示名がありません`,
              `${file.file} の ${line.slot}.choices に ${choice} を足してください。`,
            ),
          ],
    ),
    ...Object.entries(choices).flatMap(([choice, { label }]) =>
      line.choices.includes(choice)
        ? checkLabel(file, [line.slot, 'choices', choice], label)
        : [
            file.problem(
              [line.slot, 'choices', choice],
              `選択肢 ${choice} は ${flow.file} にありません`,
              'この行を消すか、つづりを合わせてください。',
              'key',
            ),
          ],
    ),
  ];
}

/** Who is asked for personal data is told, with the question, what for and for how long. */
function checkRetention(
  file: YamlFile<unknown>,
  { ask, retention }: QuestionShape,
  { line, flow }: Context,
): Problem[] {
  if (!ruleOf(flow)?.slots[line.slot]?.personal) return [];
  if (retention === undefined)
    return [
      file.problem(
        [line.slot],
        `「${line.slot}」は個人情報なのに、何に使い、いつまで残すかがありません`,
        'retention: に、たとえば「計算だけに使い、30分やりとりがないと消えます。」と書き、ask に {retention} を入れてください。',
        'key',
      ),
    ];
  return ask.includes('{retention}')
    ? []
    : [
        file.problem(
          [line.slot, 'ask'],
          '個人情報を何に使い、いつまで残すかが、聞くときに伝わりません',
          'ask の文に {retention} を入れてください。',
        ),
      ];
}

function withRetention(names: Names): Names {
  return new Map([...names, ['retention', 'text'] as const]);
}

function checkRetries(file: YamlFile<unknown>, { retry }: QuestionShape, { line, flow }: Context): Problem[] {
  const reasons = ruleOf(flow)?.slots[line.slot]?.reasons ?? [];
  const allowed: readonly string[] = [...reasons, ...commonRetries];
  const strange = Object.keys(retry).filter((why) => !allowed.includes(why));
  return [
    ...missing(file, [line.slot, 'retry'], reasons, retry),
    ...strange.map((why) =>
      file.problem([line.slot, 'retry', why], `「${why}」という理由はありません`, didYouMean(why, allowed), 'key'),
    ),
  ];
}

function sentencesOf({
  ask,
  again,
  taken,
  reassure,
  why,
  retention,
  retry,
}: QuestionShape): (readonly [readonly string[], string])[] {
  const all = [
    [['ask'], ask] as const,
    [['again'], again] as const,
    [['taken'], taken] as const,
    [['reassure'], reassure] as const,
    [['why'], why] as const,
    [['retention'], retention] as const,
    ...Object.entries(retry).map(([why, sentence]) => [['retry', why], sentence] as const),
  ];
  return all.flatMap(([path, sentence]) => (sentence === undefined ? [] : [[path, sentence] as const]));
}
