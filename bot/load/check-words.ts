/** What residents say and what stands on buttons, in one language: nothing is missing, nothing too long, no command swallows an answer. */
import { normalise } from '../dialogue/normalise.ts';
import { self } from '../dialogue/session.ts';
import { commands as allCommands } from '../dialogue/types.ts';
import { missing } from './check-common.ts';
import { checkLabel } from './check-label.ts';
import { type Files, type LanguageFiles, mainLanguage } from './files.ts';
import { didYouMean } from './near.ts';
import type { Problem } from './problem.ts';
import { questionShape } from './shapes/texts.ts';
import type { Path } from './yaml.ts';

export function checkWords(language: LanguageFiles, files: Files): Problem[] {
  const { words } = language;
  const { commands, yes, no, people, more } = words.value;
  const isMain = language.language === mainLanguage;
  const onButtons: (readonly [Path, string | undefined])[] = [
    [['pick a date'], words.value['pick a date']],
    [['pick a day'], words.value['pick a day']],
    [['do not know'], words.value['do not know']],
    [['yes', 0], yes[0]],
    [['no', 0], no[0]],
    [['more', 0], more[0]],
    ...Object.entries(people).map(([person, [label]]) => [['people', person, 0], label] as const),
  ];
  return [
    ...missing(words, ['commands'], isMain ? allCommands : [], commands),
    ...missing(words, [], isMain ? ['pick a day'] : [], words.value),
    ...onButtons.flatMap(([path, label]) => checkLabel(words, path, label ?? '')),
    ...checkPeople(language, files),
    ...checkCommands(language),
  ];
}

/** Whoever writes is one of them; another language names nobody else than the main one. */
function checkPeople({ language, words }: LanguageFiles, { flows, languages }: Files): Problem[] {
  const known = Object.keys(languages.find((each) => each.language === mainLanguage)?.words.value.people ?? {});
  const isFamily = language === mainLanguage && flows.some(({ value }) => value.family !== undefined);
  return [
    ...missing(words, ['people'], isFamily ? [self] : [], words.value.people),
    ...Object.keys(words.value.people)
      .filter((person) => !known.includes(person))
      .map((person) =>
        words.problem(
          ['people', person],
          `「${person}」は content/${mainLanguage}/words.yaml の people にありません`,
          didYouMean(person, known),
          'key',
        ),
      ),
  ];
}

function checkCommands({ words, flows }: LanguageFiles): Problem[] {
  const answers = new Set(
    [...flows.values()]
      .flatMap(({ value }) => Object.values(value))
      .flatMap(answerWords)
      .map(normalise),
  );
  return Object.entries(words.value.commands).flatMap(([command, list]) =>
    list.flatMap((word, index) =>
      answers.has(normalise(word))
        ? [
            words.problem(
              ['commands', command, index],
              `「${word}」は質問の答えにもなっています`,
              'どちらかから消してください。命令の言葉は、いつでも答えより先にはたらきます。',
            ),
          ]
        : [],
    ),
  );
}

/** Labels and other whole words of a question's choices; nothing for what is no question. */
function answerWords(written: unknown): string[] {
  const question = questionShape.safeParse(written);
  return question.success ? Object.values(question.data.choices).flatMap(({ label, also }) => [label, ...also]) : [];
}
