/** The texts of one language: all there, all used, every placeholder a fact, every choice leading somewhere. */
import { commonRetries, commonTexts } from '../dialogue/common-texts.ts';
import { officeKinds } from '../rules/office-facts.ts';
import type { FactKind } from '../rules/rule.ts';
import { ruleOf } from './check-flow.ts';
import { checkSentence, type Names } from './check-sentence.ts';
import { checkVariants, type Targets } from './check-variants.ts';
import type { Files, FlowFile, LanguageFiles } from './files.ts';
import { askLines, tellLines } from './flow.ts';
import type { Problem } from './problem.ts';
import { sayIssue } from './shape-problems.ts';
import { questionShape, textShape } from './shapes.ts';
import type { YamlFile } from './yaml.ts';

export function checkLanguage(language: LanguageFiles, files: Files): Problem[] {
  const office = everywhere(language, files);
  const targets: Targets = {
    flows: new Map(files.flows.map((flow) => [flow.id, flow])),
    faq: new Set(Object.keys(language.faq.value)),
  };
  return [
    ...checkCommon(language, { office, targets, files }),
    ...checkFaq(language, { office, targets }),
    ...files.flows.flatMap((flow) => checkFlowTexts(flow, language, { office, targets })),
  ];
}

interface Context {
  readonly office: Names;
  readonly targets: Targets;
}

/** Names that every text may use: the office's facts, the counter at this minute, the phrases. */
function everywhere({ common }: LanguageFiles, { office }: Files): Names {
  const words = Object.keys(office.value.facts).map((name) => [name, 'text'] as const);
  const phrases = Object.keys(common.value.phrases).map((name) => [name, 'text'] as const);
  return new Map<string, FactKind | 'text' | 'personal'>([...words, ...phrases, ...Object.entries(officeKinds)]);
}

function checkCommon({ common }: LanguageFiles, { office, targets, files }: Context & { files: Files }): Problem[] {
  const { texts, retry, phrases } = common.value;
  const handed = new Map<string, Readonly<Record<string, FactKind | 'text'>>>(Object.entries(commonTexts));
  const facts = new Map(files.flows.flatMap((flow) => [...namesOf(flow)]));
  return [
    ...missing(common, ['texts'], [...handed.keys()], texts),
    ...missing(common, ['retry'], commonRetries, retry),
    ...Object.entries(texts).flatMap(([key, variants]) => {
      const extra = handed.get(key);
      if (!extra)
        return [
          common.problem(
            ['texts', key],
            `「${key}」はどこでも使われません`,
            'この行を消すか、名前のつづりを確かめてください。',
            'key',
          ),
        ];
      const names = new Map([...office, ...Object.entries(extra)]);
      return checkVariants(common, ['texts', key], variants, { names, targets });
    }),
    ...Object.entries(phrases).flatMap(([key, variants]) =>
      checkVariants(common, ['phrases', key], variants, { names: new Map([...office, ...facts]), targets }),
    ),
    ...Object.entries(retry).flatMap(([why, sentence]) => checkSentence(common, ['retry', why], sentence, office)),
  ];
}

function checkFaq({ faq }: LanguageFiles, { office, targets }: Context): Problem[] {
  return Object.entries(faq.value).flatMap(([id, { answer, starts }]) => [
    ...checkVariants(faq, [id, 'answer'], answer, { names: office, targets }),
    ...(starts === undefined || targets.flows.has(starts)
      ? []
      : [
          faq.problem(
            [id, 'starts'],
            `対話「${starts}」はありません`,
            `flows/ にあるのは ${[...targets.flows.keys()].join('、')} です。`,
          ),
        ]),
  ]);
}

function checkFlowTexts(flow: FlowFile, language: LanguageFiles, { office, targets }: Context): Problem[] {
  const file = language.flows.get(flow.id);
  if (!file) return [];
  const names: Names = new Map([...office, ...namesOf(flow)]);
  const asked = new Map(askLines(flow).map((line) => [line.slot, line]));
  const told = new Set(tellLines(flow).map(({ text }) => text));
  const wanted = [
    ...[...asked.keys()].map((key, index) => ({ key, path: ['ask', index] })),
    ...[...told].map((key) => ({ key, path: ['tell', tellLines(flow).findIndex(({ text }) => text === key)] })),
  ];
  return [
    ...wanted
      .filter(({ key }) => file.value[key] === undefined)
      .map(({ key, path }) =>
        flow.problem(path, `「${key}」の文がありません`, `${file.file} に「${key}:」を足してください。`),
      ),
    ...Object.entries(file.value).flatMap(([key, written]) => {
      const question = asked.get(key);
      if (question) return checkQuestion(file, key, written, { flow, names, question });
      if (!told.has(key))
        return [
          file.problem(
            [key],
            `「${key}」はどこでも使われません`,
            `${flow.file} の tell に足すか、この部分を消してください。`,
            'key',
          ),
        ];
      const text = textShape.safeParse(written);
      return text.success
        ? checkVariants(file, [key], text.data, { names, targets, flow })
        : shapeProblems(file, key, text.error.issues);
    }),
  ];
}

function checkQuestion(
  file: YamlFile<unknown>,
  key: string,
  written: unknown,
  { flow, names, question }: { flow: FlowFile; names: Names; question: ReturnType<typeof askLines>[number] },
): Problem[] {
  const shape = questionShape.safeParse(written);
  if (!shape.success) return shapeProblems(file, key, shape.error.issues);
  const { ask, again, taken, retry, choices, unknown } = shape.data;
  const reasons = ruleOf(flow)?.slots[key]?.reasons ?? [];
  const line = askLines(flow).findIndex(({ slot }) => slot === key);
  const sentences = Object.entries({
    ask,
    again,
    taken,
    ...Object.fromEntries(Object.entries(retry).map(([why, text]) => [`retry.${why}`, text])),
  });
  return [
    ...question.choices
      .filter((choice) => choices[choice] === undefined)
      .map((choice) =>
        flow.problem(
          ['ask', line, key, question.choices.indexOf(choice)],
          `${key} の選択肢 ${choice} に表示名がありません`,
          `${file.file} の ${key}.choices に ${choice} を足してください。`,
        ),
      ),
    ...Object.keys(choices)
      .filter((choice) => !question.choices.includes(choice))
      .map((choice) =>
        file.problem(
          [key, 'choices', choice],
          `選択肢 ${choice} は ${flow.file} にありません`,
          'この行を消すか、つづりを合わせてください。',
          'key',
        ),
      ),
    ...missing(file, [key, 'retry'], reasons, retry),
    ...Object.keys(retry)
      .filter((why) => !reasons.includes(why) && !commonRetries.some((common) => common === why))
      .map((why) =>
        file.problem(
          [key, 'retry', why],
          `「${why}」という理由はありません`,
          `使えるのは ${[...reasons, ...commonRetries].join('、')} です。`,
          'key',
        ),
      ),
    ...sentences.flatMap(([name, sentence]) =>
      sentence === undefined ? [] : checkSentence(file, [key, ...name.split('.')], sentence, names),
    ),
    ...[
      ...Object.entries(choices).map(([choice, { label }]) => [['choices', choice], label] as const),
      [['unknown'], unknown ?? ''] as const,
    ]
      .filter(([, label]) => tooLongForButton(label))
      .map(([path, label]) =>
        file.problem(
          [key, ...path],
          `ボタンの文字「${label}」が長すぎます`,
          'LINE のボタンは20文字までです。短くしてください。',
        ),
      ),
  ];
}

/** LINE counts what a reader sees as one character, 20 at most on a button. */
export function tooLongForButton(label: string): boolean {
  return [...new Intl.Segmenter('ja').segment(label)].length > 20;
}

/** The flow's own names: its slots and the facts of its rule. */
function namesOf(flow: FlowFile): Names {
  const rule = ruleOf(flow);
  const slots = askLines(flow).map(
    ({ slot, kind, choices }) =>
      [slot, kind === 'choice' ? choices : rule?.slots[slot]?.personal ? 'personal' : 'date'] as const,
  );
  return new Map<string, FactKind | 'text' | 'personal'>([...Object.entries(rule?.factKinds ?? {}), ...slots]);
}

function missing(
  file: YamlFile<unknown>,
  path: (string | number)[],
  keys: readonly string[],
  there: Readonly<Record<string, unknown>>,
): Problem[] {
  return keys
    .filter((key) => there[key] === undefined)
    .map((key) =>
      file.problem(
        path,
        `「${[...path, key].join('.')}」の文がありません`,
        `${file.file} に「${key}:」を足してください。`,
        'key',
      ),
    );
}

function shapeProblems(
  file: YamlFile<unknown>,
  key: string,
  issues: readonly Parameters<typeof sayIssue>[0][],
): Problem[] {
  return issues
    .flatMap(sayIssue)
    .map(({ path, message, remedy, mark }) => file.problem([key, ...path], message, remedy, mark));
}
