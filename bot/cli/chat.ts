/**
 * `npm run chat`: the bot in the terminal.
 *
 *   --on YYYY-MM-DD  pretend that day      --at HH:mm   pretend that time
 *   --lang ja        the language          --save FILE  write the conversation as a talk
 *   --json           one object a line, for programs; with standard input not a terminal, one message is read a line
 */
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { takeTurn } from '../dialogue/engine.ts';
import type { Library } from '../dialogue/library.ts';
import { reportOf } from '../dialogue/report.ts';
import { newSession } from '../dialogue/session.ts';
import { typedOrTapped } from '../dialogue/tap.ts';
import type { Choice, Message, Now, Reply, TalkStep, TurnReport } from '../dialogue/types.ts';
import { mainLanguage } from '../load/files.ts';
import { isClockTime, isPlainDate, localNow } from '../rules/dates.ts';
import { choicesText, replyText, writeTalk } from '../talk.ts';
import { loadOrStop } from './load-or-stop.ts';
import { stop } from './stop.ts';

const options = readOptions();
await chat(loadOrStop().library);

async function chat(library: Library): Promise<void> {
  const interactive = process.stdin.isTTY === true && !options.json;
  const lines = createInterface({
    input: process.stdin,
    ...(interactive && { output: process.stdout, prompt: `${bold('市民')}: ` }),
  });
  const talk: TalkStep[] = [];
  let session = newSession(options.lang);
  let visible: readonly Choice[] = [];

  const turn = (message: Message) => {
    const world = { library, now: nowIn(library.timezone) };
    const taken = takeTurn(message, session, world);
    session = taken.session;
    const report = reportOf(message, taken, { world, isFirst: talk.length === 0 });
    visible = report.replies.at(-1)?.choices ?? [];
    talk.push({ kind: 'turn', ...report });
    return report;
  };

  // Every talk begins as on LINE: with the greeting, whose choices can be answered by number.
  const greeting = turn({ kind: 'follow' }).replies;
  if (interactive) {
    console.log(dim('更新ナビと話します。ボタンの名前か番号も打てます。終わるには Ctrl+D。\n'));
    show(greeting);
    lines.prompt();
  }
  for await (const line of lines) {
    if (line.trim() === '') {
      if (interactive) lines.prompt();
      continue;
    }
    const report = turn(typedOrTapped(line, visible));
    if (options.json) console.log(JSON.stringify(asJson(line, report)));
    else show(report.replies);
    if (interactive) lines.prompt();
  }
  if (options.save !== undefined) save(options.save, talk);
}

function asJson(line: string, { intent, replies, facts }: TurnReport) {
  return {
    in: line,
    intent: intent.kind,
    faq: intent.kind === 'faq' ? intent.faq : null,
    facts,
    replies: replies.map((reply) => ({ text: replyText(reply), choices: reply.choices.map(({ label }) => label) })),
  };
}

function show(replies: readonly Reply[]): void {
  for (const reply of replies) {
    const indented = replyText(reply).split('\n').join('\n      ');
    console.log(`${bold('案内')}: ${indented}`);
    if (reply.choices.length > 0) console.log(`      ${dim(choicesText(reply))}`);
  }
}

function save(file: string, talk: readonly TalkStep[]): void {
  writeFileSync(file, writeTalk(talk, { menu: [], language: mainLanguage, withLinks: false }));
  console.error(`${file} に保存しました。`);
}

function nowIn(zone: string): Now {
  const now = localNow(new Date(), zone);
  return { today: options.on ?? now.today, time: options.at ?? now.time };
}

function readOptions() {
  const values = parseOptions();
  const { on, at } = values;
  if (on !== undefined && !isPlainDate(on)) stop(`--on には日付を 2026-01-14 の形で書いてください（${on}）。`);
  if (at !== undefined && !isClockTime(at)) stop(`--at には時刻を 16:40 の形で書いてください（${at}）。`);
  return { ...values, on, at };
}

function parseOptions() {
  try {
    return parseArgs({
      options: {
        on: { type: 'string' },
        at: { type: 'string' },
        lang: { type: 'string', default: 'ja' },
        save: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    }).values;
  } catch {
    return stop('使い方: npm run chat -- [--on 2026-01-14] [--at 16:40] [--lang ja] [--save 会話.talk] [--json]');
  }
}

function bold(text: string): string {
  return process.stdout.isTTY ? `\u001b[1m${text}\u001b[0m` : text;
}

function dim(text: string): string {
  return process.stdout.isTTY ? `\u001b[2m${text}\u001b[0m` : text;
}
