/** The texts that every flow shares, and the FAQ. */
import { commonRetries, commonTexts } from '../dialogue/common-texts.ts';
import { normalise } from '../dialogue/normalise.ts';
import { parseTemplate, placeholdersOf } from '../dialogue/template.ts';
import type { Targets } from './check-choice.ts';
import { checkConditions, possibleIn } from './check-conditions.ts';
import { ruleOf } from './check-flow.ts';
import { checkLabel } from './check-label.ts';
import { checkEveryCase } from './check-reach.ts';
import { checkSentence } from './check-sentence.ts';
import { checkVariants } from './check-variants.ts';
import type { FlowFile, LanguageFiles } from './files.ts';
import { askLines, tellLines } from './flow.ts';
import { type NameKind, type Names, namesOf } from './names.ts';
import { didYouMean } from './near.ts';
import type { Problem } from './problem.ts';
import type { Path, YamlFile } from './yaml.ts';

export function checkCommon(
  { common }: LanguageFiles,
  { names, targets, flows }: { names: Names; targets: Targets; flows: readonly FlowFile[] },
): Problem[] {
  const { texts, retry, phrases } = common.value;
  const handed = new Map<string, Readonly<Record<string, NameKind>>>(Object.entries(commonTexts));
  const inPhrases: Names = new Map([...names, ...flows.flatMap((flow) => [...namesOf(flow)])]);
  return [
    ...missing(common, ['texts'], [...handed.keys()], texts),
    ...missing(common, ['retry'], commonRetries, retry),
    ...unused(common, ['texts'], [...handed.keys()], texts),
    ...unused(common, ['retry'], commonRetries, retry),
    ...Object.entries(texts).flatMap(([key, variants]) => {
      const withHanded = new Map([...names, ...Object.entries(handed.get(key) ?? {})]);
      return [
        ...checkVariants(common, ['texts', key], variants, { names: withHanded, targets }),
        ...checkEveryCase(common, ['texts', key], variants, withHanded),
      ];
    }),
    ...Object.entries(phrases).flatMap(([key, variants]) =>
      checkVariants(common, ['phrases', key], variants, { names: inPhrases, targets }),
    ),
    ...endlessPhrases(common),
    ...Object.entries(retry).flatMap(([why, sentence]) => checkSentence(common, ['retry', why], sentence, names)),
  ];
}

/** Ready-made words of clerks may use what is known of a resident, whichever the flow. */
export function checkReplies(
  { replies }: LanguageFiles,
  { names, flows }: { names: Names; flows: readonly FlowFile[] },
): Problem[] {
  if (!replies) return [];
  const withFlows: Names = new Map([...names, ...flows.flatMap((flow) => [...namesOf(flow)])]);
  return Object.entries(replies.value).flatMap(([id, { when, text }]) => [
    ...checkSentence(replies, [id, 'text'], text, withFlows),
    ...checkConditions(replies, [id, 'when'], when, (name) => possibleIn(withFlows, name)),
  ]);
}

/** The facts that conditions of flows name have words, for each value that they can have; none is left over. */
export function checkFactNames({ facts }: LanguageFiles, flows: readonly FlowFile[]): Problem[] {
  if (!facts) return [];
  const kinds = new Map(flows.flatMap((flow) => Object.entries(ruleOf(flow)?.factKinds ?? {})));
  const used = new Set(
    flows
      .flatMap((flow) => [...askLines(flow), ...tellLines(flow), ...tellLines(flow, 'why')])
      .flatMap(({ when }) => Object.keys(when)),
  );
  const named = [...kinds].filter(([name, kind]) => typeof kind !== 'string' && used.has(name));
  return [
    ...missing(
      facts,
      [],
      named.map(([name]) => name),
      facts.value,
    ),
    ...Object.entries(facts.value).flatMap(([name, { values }]) => {
      const kind = kinds.get(name);
      if (kind === undefined || typeof kind === 'string')
        return [facts.problem([name], `条件に「${name}」はありません`, didYouMean(name, [...kinds.keys()]), 'key')];
      return [
        ...missing(facts, [name, 'values'], kind, values),
        ...Object.keys(values)
          .filter((value) => !kind.includes(value))
          .map((value) =>
            facts.problem(
              [name, 'values', value],
              `「${name}」が「${value}」になることはありません`,
              didYouMean(value, kind),
              'key',
            ),
          ),
      ];
    }),
  ];
}

/** Phrases that hold themselves, directly or through others. */
function endlessPhrases(common: LanguageFiles['common']): Problem[] {
  const { phrases } = common.value;
  const holds = (name: string): string[] =>
    (phrases[name] ?? []).flatMap(({ text = '' }) =>
      placeholdersOf(parseTemplate(text)).map((placeholder) => placeholder.name),
    );
  const reaches = (name: string, seen: ReadonlySet<string>): boolean =>
    holds(name).some((held) => seen.has(held) || reaches(held, new Set([...seen, held])));
  return Object.keys(phrases)
    .filter((name) => reaches(name, new Set([name])))
    .map((name) =>
      common.problem(
        ['phrases', name],
        `「{${name}}」の中に「{${name}}」があり、終わりがありません`,
        '中の { } を、ほかの言葉に直してください。',
        'key',
      ),
    );
}

export function checkFaq({ faq }: LanguageFiles, context: { names: Names; targets: Targets }): Problem[] {
  const { flows } = context.targets;
  const askedAt = new Map<string, string>();
  return Object.entries(faq.value).flatMap(([id, { title, asks, answer, starts }]) => [
    ...checkLabel(faq, [id, 'title'], title),
    ...asks.flatMap((ask, index) => {
      const other = askedAt.get(normalise(ask)) ?? id;
      askedAt.set(normalise(ask), id);
      return other === id
        ? []
        : [
            faq.problem(
              [id, 'asks', index],
              `「${ask}」という聞き方は、「${other}」にもあります`,
              'どちらかから消してください。両方にあると、どちらを答えればよいかわかりません。',
            ),
          ];
    }),
    ...checkVariants(faq, [id, 'answer'], answer, context),
    ...checkEveryCase(faq, [id, 'answer'], answer, context.names),
    ...(starts === undefined || flows.has(starts)
      ? []
      : [
          faq.problem(
            [id, 'starts'],
            `対話「${starts}」はありません`,
            `flows/ にあるのは ${[...flows.keys()].join('、')} です。`,
          ),
        ]),
  ]);
}

/** Keys that must be there. */
export function missing(
  file: YamlFile<unknown>,
  path: Path,
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

/** Keys that nothing asks for. */
function unused(
  file: YamlFile<unknown>,
  path: Path,
  keys: readonly string[],
  there: Readonly<Record<string, unknown>>,
): Problem[] {
  return Object.keys(there)
    .filter((key) => !keys.includes(key))
    .map((key) =>
      file.problem(
        [...path, key],
        `「${key}」はどこでも使われません`,
        'この部分を消すか、名前のつづりを確かめてください。',
        'key',
      ),
    );
}
