/** A question's words in a language. */
import type { Language, Question, QuestionText } from './library.ts';

/** A question of a flow, by its slot. */
export type QuestionId = Pick<Question, 'flow' | 'slot'>;

export function questionText(language: Language, { flow, slot }: QuestionId): QuestionText | undefined {
  return language.questions.get(`${flow}.${slot}`);
}

/** 「生年月日」: what the question is about, for people. */
export function nameOf(language: Language, question: QuestionId): string {
  return questionText(language, question)?.name ?? question.slot;
}
