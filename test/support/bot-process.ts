/** The bot as operators run it: its own process, its environment, its log. */
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../../bot/root.ts';
import { freePort } from './redis.ts';

export const channelSecret = '8c570fa6dd201bb328f1c1eac23a96d8';

/** Every variable is given, if empty: a developer's own `.env` must not reach the tests. */
export const nothingSet: Readonly<Record<string, string>> = Object.fromEntries(
  [...readFileSync(`${root}/.env.example`, 'utf8').matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => [name, '']),
);

/** `folder`: where the bot lies, if not here; `port`: where to listen, if not on a free one. */
export async function startBot(
  environment: Readonly<Record<string, string>>,
  given: { folder?: string; port?: number } = {},
) {
  const { folder = root, port = await freePort() } = given;
  const bot = spawn(process.execPath, ['bot/main.ts'], {
    cwd: folder,
    env: { ...nothingSet, PATH: process.env.PATH ?? '', PORT: String(port), ...environment },
  });
  let output = '';
  bot.stdout.on('data', (chunk) => (output += chunk));
  bot.stderr.on('data', (chunk) => (output += chunk));
  const exited = new Promise<number | null>((resolve) => bot.once('exit', resolve));
  const url = `http://127.0.0.1:${port}`;
  await untilHealthy(url, () => bot.exitCode !== null && output);
  return {
    url,
    output: () => output,
    exited,
    /** Posts a webhook body, signed over exactly these bytes. */
    post(body: Buffer | string, signature = sign(body)): Promise<Response> {
      return fetch(`${url}/webhook`, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8', 'x-line-signature': signature },
        body: new Uint8Array(Buffer.from(body)),
      });
    },
    async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
      bot.kill(signal);
      return exited;
    },
  };
}

export function sign(body: Buffer | string): string {
  return createHmac('sha256', channelSecret).update(body).digest('base64');
}

async function untilHealthy(url: string, died: () => string | false): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (died()) throw new Error(`the bot did not start:\n${died()}`);
    if (
      await fetch(`${url}/healthz`).then(
        (response) => response.ok,
        () => false,
      )
    )
      return;
    await sleep(50);
  }
  throw new Error('the bot does not answer');
}
