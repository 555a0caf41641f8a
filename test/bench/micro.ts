/** The pure parts by themselves: microseconds each, the median of several rounds. */
import { takeTurn } from '../../bot/dialogue/engine.ts';
import { faqMatcher } from '../../bot/dialogue/faq.ts';
import { foldWith } from '../../bot/dialogue/grams.ts';
import { say } from '../../bot/dialogue/say.ts';
import { newSession } from '../../bot/dialogue/session.ts';
import { situationOf } from '../../bot/dialogue/situation.ts';
import { readDate } from '../../bot/rules/wareki.ts';
import { library } from '../support/library.ts';

const script = ['更新', '昭和55年3月3日', '手数料は?', '令和3年9月10日', '本人', '何時まで?', 'ありがとう', '最初から'];

export interface Micro {
  readonly engine: number;
  readonly words: number;
  readonly date: number;
  readonly faq: number;
  readonly faqOfThousand: number;
}

export function microbenchmarks(): Micro {
  const japanese = library.languages.get('ja');
  if (!japanese) throw new Error('the city speaks Japanese');
  const taken = dialogue();
  const questions = ['手数料いるん?', '土曜あいてる?', '代理って嫁でもええん?', '暗証番号わすれた'];
  const entries = [...japanese.faq.values()];
  const thousand = faqMatcher({
    entries: Array.from({ length: 1_000 }, (_, index) => {
      const entry = entries[index % entries.length];
      if (!entry) throw new Error('there is a FAQ');
      return { id: `${entry.id}-${index}`, sentences: entry.asks.slice(0, 5).map((ask) => `${ask}${index}`) };
    }),
    elsewhere: { asks: [], words: [] },
    fold: foldWith([]),
    sure: 0.5,
    maybe: 0.2,
  });
  thousand.match('');
  return {
    engine: microseconds(script.length, () => void dialogue()),
    words: microseconds(taken.length, () =>
      taken.forEach(({ says, session, at }) => void say(says, situationOf(session, at))),
    ),
    date: microseconds(3, () => ['昭和55年3月3日', 'R3.9.10', '2021/9/10'].forEach((text) => void readDate(text))),
    faq: microseconds(questions.length, () => questions.forEach((question) => void japanese.matcher.match(question))),
    faqOfThousand: microseconds(questions.length, () => questions.forEach((question) => void thousand.match(question))),
  };
}

/** A `Now` of its own for every turn, as in `bot/turn.ts`: what is worked out is kept no longer. */
function world() {
  return { library, now: { today: '2026-01-14', time: '10:00' } } as const;
}

function dialogue() {
  let session = newSession('ja');
  return script.map((text) => {
    const at = world();
    const turn = takeTurn({ kind: 'text', text }, session, at);
    session = turn.session;
    return { ...turn, at };
  });
}

function microseconds(each: number, work: () => void): number {
  const rounds: number[] = [];
  // A bot that has run for a while is compiled.
  for (const end = performance.now() + 1_000; performance.now() < end; ) work();
  for (let round = 0; round < 7; round += 1) {
    const end = performance.now() + 150;
    const startedAt = performance.now();
    let count = 0;
    for (; performance.now() < end; count += 1) work();
    rounds.push(((performance.now() - startedAt) * 1_000) / (count * each));
  }
  return rounds.sort((one, other) => one - other)[3] ?? 0;
}
