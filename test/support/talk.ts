/** Plays a talk: residents' lines go in, the bot's lines come out. Between any two lines the session goes through JSON. */
import { replyLines, resident } from '../../bot/cli/transcript.ts';
import { takeTurn } from '../../bot/dialogue/engine.ts';
import type { Library } from '../../bot/dialogue/library.ts';
import { say } from '../../bot/dialogue/say.ts';
import { newSession } from '../../bot/dialogue/session.ts';
import { situationOf } from '../../bot/dialogue/situation.ts';
import { typedOrTapped } from '../../bot/dialogue/tap.ts';
import type { Choice, Message, Now, Session } from '../../bot/dialogue/types.ts';
import type { ClockTime, PlainDate } from '../../bot/rules/dates.ts';

/** The talk as it goes today, line for line. */
export function playTalk(written: string, library: Library): string {
  const lines = written.trimEnd().split('\n');
  let now: Now = { today: '2026-01-14', time: '16:40' };
  let session: Session = newSession('ja');
  let visible: readonly Choice[] = [];
  return `${lines
    .filter((line) => line.startsWith('#') || line.startsWith('（') || line.startsWith(`${resident}:`) || line === '')
    .flatMap((line) => {
      now = readNow(line) ?? now;
      const message = messageOf(line, visible);
      if (!message) return [line];
      const world = { library, now };
      const turn = takeTurn(message, JSON.parse(JSON.stringify(session)) as Session, world, 'm1');
      session = turn.session;
      const replies = say(turn.says, situationOf(session, world));
      visible = replies.at(-1)?.choices ?? [];
      return [line, ...replies.flatMap(replyLines)];
    })
    .join('\n')}\n`;
}

function readNow(line: string): Now | undefined {
  const match = line.match(/今日 (\d{4}-\d{2}-\d{2})(?: (\d{2}:\d{2}))?/);
  return match ? { today: match[1] as PlainDate, time: (match[2] ?? '10:00') as ClockTime } : undefined;
}

function messageOf(line: string, visible: readonly Choice[]): Message | undefined {
  if (line === '（友だち追加）') return { kind: 'follow' };
  if (!line.startsWith(`${resident}:`)) return undefined;
  const typed = line.slice(resident.length + 1).trim();
  if (typed === '（スタンプ）') return { kind: 'media' };
  const picked = typed.match(/^（日付を選ぶ (\S+)）$/)?.[1];
  const date = picked && pickedDate(picked, visible);
  return date || typedOrTapped(typed, visible);
}

/** What the date picker of the open question sends. */
function pickedDate(on: string, visible: readonly Choice[]): Message | undefined {
  const picker = visible.find(({ does }) => does.kind === 'pick-date')?.does;
  if (picker?.kind !== 'pick-date' || picker.button.kind !== 'answer') return undefined;
  return { kind: 'button', button: { ...picker.button, value: on } };
}
