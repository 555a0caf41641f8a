/** The yardstick: what the official SDK's guide leads to. It keeps nothing, and echoes. */
import { LineBotClient, middleware } from '@line/bot-sdk';
import express from 'express';

const { PORT, LINE_CHANNEL_SECRET = '', LINE_CHANNEL_ACCESS_TOKEN = '', LINE_API_BASE_URL = '' } = process.env;
const line = LineBotClient.fromChannelAccessToken({
  channelAccessToken: LINE_CHANNEL_ACCESS_TOKEN,
  apiBaseURL: LINE_API_BASE_URL,
});
const app = express();
app.get('/healthz', (_, response) => void response.json({ ok: true }));
app.post('/webhook', middleware({ channelSecret: LINE_CHANNEL_SECRET }), async (request, response) => {
  await Promise.all(request.body.events.map(echo));
  response.json({});
});
app.listen(Number(PORT));

async function echo(event: { replyToken: string; message: { text: string } }): Promise<void> {
  const { replyToken, message } = event;
  await line.replyMessage({ replyToken, messages: [{ type: 'text', text: message.text }] });
}
