/** What the set-up has to know before anything else: read from the environment, or asked for and written into `.env`. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { type Environment, prefixOf } from '../../environment.ts';
import type { Asker } from '../ask.ts';

const needed = [
  {
    name: 'LINE_CHANNEL_ID',
    ask: 'チャネルID（LINE Developers コンソール → チャネル基本設定）',
    isRight: /^\d+$/,
    hint: '数字だけです',
    secret: false,
  },
  {
    name: 'LINE_CHANNEL_SECRET',
    ask: 'チャネルシークレット（同じところ。画面には出ません）',
    isRight: /^\S{16,}$/,
    hint: '16文字以上の、空白のない文字です',
    secret: true,
  },
  {
    name: 'PUBLIC_URL',
    ask: 'このサーバーに外から届くアドレス（例: https://koshin.example。/webhook は付けません）',
    isRight: /^(?:https:\/\/|http:\/\/(?:localhost|127\.0\.0\.1)(?:[:/]|$))\S*$/,
    hint: 'https:// で始まるアドレスです（この機械の中だけなら、http://localhost:3000 でもかまいません）',
    secret: false,
  },
] as const;

/** A long-lived token does instead of the id. */
export function missingIn(environment: Environment): readonly (typeof needed)[number][] {
  return needed.filter(
    ({ name }) =>
      !environment[name]?.trim() && !(name === 'LINE_CHANNEL_ID' && environment.LINE_CHANNEL_ACCESS_TOKEN?.trim()),
  );
}

/** Undefined: the input ended before all was told. */
export async function askFor(
  missing: ReturnType<typeof missingIn>,
  { asker, say }: { readonly asker: Asker; readonly say: (line: string) => void },
): Promise<Readonly<Record<string, string>> | undefined> {
  const told: Record<string, string> = {};
  for (const { name, ask, isRight, hint, secret } of missing)
    while (told[name] === undefined) {
      const typed = await asker.ask(`${ask}: `, { secret });
      if (typed === undefined) return undefined;
      if (isRight.test(typed)) told[name] = name === 'PUBLIC_URL' ? typed.replace(/\/+(?:webhook\/*)?$/, '') : typed;
      else say(`  ${hint}`);
    }
  return told;
}

/** Only the owner of the file can read it; an empty line of that name is filled in. `channel`: of which of several. */
export function keep(file: string, told: Readonly<Record<string, string>>, channel: string | undefined): void {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const after = Object.entries(told).reduce((text, [bare, value]) => {
    const name = channel === undefined ? bare : prefixOf(channel) + bare;
    const line = `${name}=${value}`;
    const empty = new RegExp(`^${name}=[ \t]*$`, 'm');
    if (empty.test(text)) return text.replace(empty, () => line);
    return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${line}\n`;
  }, before);
  // Whole or not at all, and never readable by others: there are keys in it.
  const whole = `${file}.new`;
  writeFileSync(whole, after, { mode: 0o600 });
  renameSync(whole, file);
}
