/** A flow as people follow it: its questions in order, when each is asked, and what is told at the end. */
import { conditionTexts } from './condition-text.ts';
import { headline } from './diagram.ts';
import type { FlowFigures } from './figures.ts';
import type { Flow, Language } from './library.ts';
import { nameOf } from './question-text.ts';

export interface FlowView {
  readonly title: string;
  readonly questions: readonly {
    readonly name: string;
    readonly when: readonly string[];
    readonly asked: number;
    readonly passed: number;
    readonly stopped: number;
    /** Residents who have it before them at this moment. */
    readonly now: number;
  }[];
  readonly tells: readonly { readonly name: string; readonly when: readonly string[]; readonly count: number }[];
}

/** `here`: by slot, how many are asked it now. */
export function flowView(
  flow: Flow,
  {
    language,
    figures,
    here,
  }: { language: Language; figures: FlowFigures | undefined; here: ReadonlyMap<string, number> },
): FlowView {
  const told = new Map(figures?.told.map(({ id, count }) => [id, count]));
  return {
    title: flow.title,
    questions: flow.ask.map((question) => {
      const { asked = 0, stopped = 0 } = figures?.questions.find(({ slot }) => slot === question.slot) ?? {};
      const now = here.get(question.slot) ?? 0;
      return {
        name: nameOf(language, question),
        when: conditionTexts(question.when, flow, language),
        asked,
        passed: asked - stopped,
        // Who is still there has not stopped.
        stopped: Math.max(0, stopped - now),
        now,
      };
    }),
    tells: flow.tell.map(({ text, when }) => ({
      name: headline(text, flow, language),
      when: conditionTexts(when, flow, language),
      count: told.get(text) ?? 0,
    })),
  };
}
