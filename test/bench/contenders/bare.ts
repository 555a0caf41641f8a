/** The limit: node:http, the signature, JSON, one read and one write of Redis, one POST; no bot at all. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { Redis } from 'ioredis';
import { Pool } from 'undici';

const {
  PORT,
  LINE_CHANNEL_SECRET = '',
  LINE_CHANNEL_ACCESS_TOKEN = '',
  LINE_API_BASE_URL = '',
  REDIS_URL = '',
} = process.env;
const redis = new Redis(REDIS_URL, { enableAutoPipelining: true });
const line = new Pool(LINE_API_BASE_URL, { connections: 64 });
const headers = { 'content-type': 'application/json', authorization: `Bearer ${LINE_CHANNEL_ACCESS_TOKEN}` };

createServer((request, response) => {
  if (request.url === '/healthz') return void response.end('{}');
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', async () => {
    const body = Buffer.concat(chunks);
    const signature = Buffer.from(String(request.headers['x-line-signature']), 'base64');
    if (!timingSafeEqual(createHmac('sha256', LINE_CHANNEL_SECRET).update(body).digest(), signature)) {
      return void response.writeHead(401).end();
    }
    for (const { source, replyToken, message } of JSON.parse(body.toString()).events) {
      const count = Number((await redis.get(source.userId)) ?? 0);
      await redis.set(source.userId, count + 1, 'PX', 1_800_000);
      const messages = [{ type: 'text', text: message.text }];
      const answer = await line.request({
        path: '/v2/bot/message/reply',
        method: 'POST',
        headers,
        body: JSON.stringify({ replyToken, messages }),
      });
      await answer.body.dump();
    }
    response.end('{}');
  });
}).listen(Number(PORT));
