/** Plays a talk: residents' lines go in, the bot's lines come out. Between any two lines the session goes through JSON. */

import { askForStaff } from '../../bot/dialogue/ask-for-staff.ts';
import { takeTurn } from '../../bot/dialogue/engine.ts';
import { endHandoff } from '../../bot/dialogue/handoff-end.ts';
import type { Library } from '../../bot/dialogue/library.ts';
import { remind } from '../../bot/dialogue/remind.ts';
import { reportOf } from '../../bot/dialogue/report.ts';
import { richMenuOf } from '../../bot/dialogue/rich-menu.ts';
import { say } from '../../bot/dialogue/say.ts';
import { newSession, withoutMessage } from '../../bot/dialogue/session.ts';
import { situationOf } from '../../bot/dialogue/situation.ts';
import { typedOrTapped } from '../../bot/dialogue/tap.ts';
import type { Choice, DeskEvent, Links, Message, Now, SaidMessage, Session } from '../../bot/dialogue/types.ts';
import type { ClockTime, PlainDate } from '../../bot/rules/dates.ts';
import {
  blockedLine,
  followedText,
  forgottenLine,
  linksText,
  menuText,
  pickedText,
  replyLines,
  resident,
  stickerText,
} from '../../bot/talk.ts';

/** The talk as it goes today, line for line. */
export function playTalk(written: string, library: Library): string {
  const lines = written.trimEnd().split('\n');
  let now: Now = { today: '2026-01-14', time: '16:40' };
  let session: Session = newSession('ja');
  let visible: readonly Choice[] = [];
  let sent = 0;
  let rounds = 0;
  // A talk that says so in its heading has staff who answer in it; so many wait already.
  const waiting = Number(/待ち(\d+)人/.exec(lines[0] ?? '')?.[1] ?? Number.NaN);
  const desk = Number.isNaN(waiting) ? undefined : { waiting, newTicket: 'ticket' };
  // Whose server has an address that phones can open.
  const links = lines[0]?.includes(linksText) ? calendarLinks : undefined;
  return `${lines
    .filter(
      (line) => /^[#（]/.test(line) || line === '' || line.startsWith(`${resident}:`) || line.startsWith(staffLine),
    )
    .flatMap((line) => {
      now = readNow(line) ?? now;
      const isForgotten = line === blockedLine || line === forgottenLine;
      const kept = line === forgottenLine ? session.reminders : [];
      session = withoutUnsent(isForgotten ? { ...newSession('ja'), reminders: kept } : session, line);
      const world = { library, now, desk, ...(links && { links }) };
      if (line === dueLine) {
        rounds += 1;
        const reminded = remind(session, { world, eventId: `round ${rounds}` });
        session = reminded?.session ?? session;
        const replies = say(reminded?.says ?? [], situationOf(session, world));
        visible = replies.at(-1)?.choices ?? [];
        return [line, ...(replies.length > 0 ? replies.flatMap(replyLines) : ['→ 何も送らない'])];
      }
      const ends = Object.entries(endings).find(([written]) => written === line)?.[1];
      if (ends) {
        const ended = endHandoff(session, world, ends);
        session = ended.session;
        const replies = say(ended.says, situationOf(session, world));
        visible = replies.at(-1)?.choices ?? [];
        return [line, ...replies.flatMap(replyLines)];
      }
      const [, flow, slot] = /^（職員がボットに聞いてもらう (\S+)\.(\S+)）$/.exec(line) ?? [];
      if (flow && slot) {
        const asked = askForStaff(session, { flow, slot }, world);
        session = asked.session;
        const replies = say(asked.says, situationOf(session, world));
        visible = replies.at(-1)?.choices ?? [];
        return [line, ...replies.flatMap(replyLines)];
      }
      const [, phone] = followed.exec(line) ?? [];
      if (phone) session = { ...session, language: phone };
      const message = messageOf(line, visible, library);
      if (!message) return [line];
      if (message.kind !== 'follow') sent += 1;
      const turn = takeTurn(message, JSON.parse(JSON.stringify(session)) as Session, world, `message ${sent}`);
      session = turn.session;
      const { replies } = reportOf(message, turn, { world, isFirst: false });
      visible = replies.at(-1)?.choices ?? [];
      return [line, ...replies.flatMap(replyLines), ...turn.desk.map(deskLine)];
    })
    .join('\n')}\n`;
}

const calendarLinks: Links = {
  privacy: 'https://…/privacy',
  newToken: 'token',
  file: (token) => `https://…/calendar/${token}.ics?openExternalBrowser=1`,
  entry: (token, index) => `https://…/calendar/${token}/${index}?openExternalBrowser=1`,
};

const staffLine = '職員:';
/** A round of reminders at that moment. */
const dueLine = '（お知らせの時間）';
/** With the language of the phone. */
const followed = new RegExp(`^${followedText()?.replace('）', '')}(?: (\\S+))?）$`);
const endings = { '（職員が終える）': 'over', '（返事がなく終わる）': 'silent' } as const;

/** What the help desk hears of the turn. */
function deskLine(event: DeskEvent): string {
  switch (event.kind) {
    case 'opened':
      return `→ 職員に届く: ${saidText(event.about)}（${event.isMessage ? '伝言、' : ''}${event.facts.status ?? '—'}、${event.asked ?? '質問なし'}）`;
    case 'said':
      return `→ 職員に届く: ${saidText(event.message)}`;
    case 'waits':
      return `→ 職員に伝わる: ${event.isMessage ? '伝言にする' : '待っている'}`;
    case 'answered':
      return `→ 職員に届く: ${event.line}（${event.facts.status ?? '—'}）`;
    default:
      return `→ 職員に伝わる: ${event.kind}`;
  }
}

function saidText(message: SaidMessage): string {
  return message.kind === 'text' ? message.text : stickerText;
}

/** The day and time in the heading, or on a line of their own. */
function readNow(line: string): Now | undefined {
  const match = line.match(/^[#（].*今日 (\d{4}-\d{2}-\d{2})(?: (\d{2}:\d{2}))?/);
  return match ? { today: match[1] as PlainDate, time: (match[2] ?? '10:00') as ClockTime } : undefined;
}

function withoutUnsent(session: Session, line: string): Session {
  const nth = line.match(/^（(\d+)番目の送信を取消）$/)?.[1];
  return nth ? withoutMessage(session, `message ${nth}`) : session;
}

function messageOf(line: string, visible: readonly Choice[], library: Library): Message | undefined {
  if (followed.test(line)) return { kind: 'follow' };
  if (!line.startsWith(`${resident}:`)) return undefined;
  const typed = line.slice(resident.length + 1).trim();
  if (typed === stickerText) return { kind: 'media', media: { type: 'sticker', note: '' } };
  if (typed.startsWith('"')) return { kind: 'text', text: JSON.parse(typed) as string };
  const area = richMenuOf(library, 'ja').areas.find(({ label }) => typed === menuText(label));
  if (area) return typedOrTapped(area.label, [area]);
  return pickedDate(typed, visible, library) ?? typedOrTapped(typed, visible);
}

/** What the date picker sends: of the open question, or of the one that is named. */
function pickedDate(typed: string, visible: readonly Choice[], { flows }: Library): Message | undefined {
  const [, on = '', question] = typed.match(/^（日付を選ぶ (\S+?)(?: (\S+))?）$/) ?? [];
  if (typed !== pickedText(on, question)) return undefined;
  const picker = visible.find(({ does }) => does.kind === 'pick-date')?.does;
  const shown = picker?.kind === 'pick-date' && picker.button.kind === 'answer' ? picker.button : undefined;
  const [flow = '', slot] = question?.split('.') ?? [];
  const named = flows.get(flow)?.ask.find((each) => each.slot === slot);
  const asked = question === undefined ? shown : named;
  if (!asked) throw new Error(`no date picker for ${typed}`);
  return {
    kind: 'button',
    button: { kind: 'answer', flow: asked.flow, slot: asked.slot, meaning: asked.meaning, value: on },
  };
}
