/** `npm start` with a mail server: a resident asks for a person, and staff elsewhere hear of it, not of what it is about. */
import assert from 'node:assert/strict';
import { startBot } from '../support/bot-process.ts';
import { startSmtp } from '../support/smtp.ts';
import { until } from '../support/until.ts';

describe('a ticket announced by mail', function () {
  this.timeout(30_000);

  it('says that somebody waits and where to answer, and nothing of the resident', async () => {
    const smtp = await startSmtp();
    const bot = await startBot({
      SMTP_URL: smtp.url,
      MAIL_FROM: 'navi@city.example',
      DESK_MAIL_TO: 'desk@city.example, other@city.example',
      PUBLIC_URL: 'https://navi.city.example/',
    });
    const chat = await fetch(`${bot.url}/simulator/chats`, { method: 'POST' });
    const { id } = (await chat.json()) as { id: string };
    const deed = (body: object) =>
      fetch(`${bot.url}/simulator/chats/${id}/deeds`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    for (const text of ['職員に相談', '車いすで行けますか'])
      assert.equal((await deed({ do: 'say', text })).status, 204);
    await until(() => smtp.mails.length > 0);
    const [mail] = smtp.mails;
    assert.deepEqual(mail?.to, ['desk@city.example', 'other@city.example']);
    const [, encoded = ''] = mail?.source.split('\r\n\r\n') ?? [];
    const body = Buffer.from(encoded, 'base64').toString('utf8');
    assert.match(body, /待っている方は1人です。\n.*\nhttps:\/\/navi\.city\.example\/staff$/);
    assert.doesNotMatch(body + mail?.source, /車いす/);
    await bot.stop();
    await smtp.stop();
  });
});
