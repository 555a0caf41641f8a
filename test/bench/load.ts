/** Residents who talk, and the LINE they talk through: signed webhooks go out, completed replies are counted. */
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';

/** A whole dialogue, over and over: questions, dates, an answer with a card, an FAQ. */
const script = ['更新', '昭和55年3月3日', '手数料は?', '令和3年9月10日', '本人', '何時まで?', 'ありがとう', '最初から'];

export interface Measured {
  readonly perSecond: number;
  /** Milliseconds from the webhook to the reply. */
  readonly p50: number;
  readonly p99: number;
}

export async function startLoad({ secret, residents }: { secret: string; residents: number }) {
  const waiting = new Map<string, (at: number) => void>();
  const line = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.setHeader('content-type', 'application/json').end('{"sentMessages":[]}');
      const token = /"replyToken":"([^"]+)"/.exec(Buffer.concat(chunks).toString())?.[1] ?? '';
      waiting.get(token)?.(performance.now());
      waiting.delete(token);
    });
  });
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
  const steps = new Uint32Array(residents);
  let serial = 0;

  /** One message of one resident; resolves with the milliseconds until its reply. */
  async function turn(bot: Pool, resident: number): Promise<number> {
    const text = script[(steps[resident] ?? 0) % script.length] ?? '';
    steps[resident] = (steps[resident] ?? 0) + 1;
    serial += 1;
    const replyToken = `token-${serial}`;
    const event = {
      type: 'message',
      mode: 'active',
      timestamp: Date.now(),
      webhookEventId: `01BENCH${process.pid}${String(serial).padStart(12, '0')}`,
      deliveryContext: { isRedelivery: false },
      source: { type: 'user', userId: `U${String(resident).padStart(32, '0')}` },
      replyToken,
      message: { type: 'text', id: String(serial), text },
    };
    const body = JSON.stringify({ destination: `U${'0'.repeat(32)}`, events: [event] });
    const signature = createHmac('sha256', secret).update(body).digest('base64');
    const replied = new Promise<number>((resolve) => waiting.set(replyToken, resolve));
    const startedAt = performance.now();
    const headers = { 'content-type': 'application/json', 'x-line-signature': signature };
    const answer = await bot.request({ path: '/webhook', method: 'POST', headers, body });
    await answer.body.dump();
    if (answer.statusCode !== 200) throw new Error(`the bot answered ${answer.statusCode}`);
    return (await replied) - startedAt;
  }

  /** A message that is never answered is a fault, not a slow turn. */
  async function answered(turns: Promise<unknown>): Promise<void> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(new Error(`${waiting.size} messages were never answered`)), 60_000);
    await Promise.race([turns, late.promise]).finally(() => clearTimeout(timer));
  }

  /** As many residents at once as `atOnce`, each writing on as soon as answered; or so many messages a second, whoever waits. */
  async function measure(
    url: string,
    how: { seconds: number } & ({ atOnce: number } | { perSecond: number }),
  ): Promise<Measured> {
    const bot = new Pool(url, { connections: 64 });
    const took: number[] = [];
    const end = performance.now() + how.seconds * 1_000;
    const startedAt = performance.now();
    let next = Math.floor(Math.random() * residents);
    const one = async () => {
      next = (next + 1) % residents;
      took.push(await turn(bot, next));
    };
    if ('atOnce' in how) {
      const worker = async () => {
        while (performance.now() < end) await one();
      };
      await answered(Promise.all(Array.from({ length: how.atOnce }, worker)));
    } else {
      const running: Promise<void>[] = [];
      for (let sent = 0; performance.now() < end; ) {
        const due = ((performance.now() - startedAt) / 1_000) * how.perSecond;
        for (; sent < due; sent += 1) running.push(one());
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      await answered(Promise.all(running));
    }
    const seconds = (performance.now() - startedAt) / 1_000;
    await bot.close();
    took.sort((a, b) => a - b);
    const at = (share: number) => took[Math.floor(took.length * share)] ?? 0;
    return { perSecond: took.length / seconds, p50: at(0.5), p99: at(0.99) };
  }

  return {
    lineUrl: `http://127.0.0.1:${(line.address() as AddressInfo).port}`,
    measure,
    stop: () => void line.close().closeAllConnections(),
  };
}
