/** A real process without any access token in its environment: it fetches one with the channel's id and secret, and another when that one is refused. */
import assert from 'node:assert/strict';
import { channelSecret, startBot } from '../support/bot-process.ts';
import { startFakeLine } from '../support/fake-line.ts';
import { messageBody } from '../support/message.ts';

describe('access tokens of a running bot', function () {
  this.timeout(30_000);
  let line: Awaited<ReturnType<typeof startFakeLine>>;
  let bot: Awaited<ReturnType<typeof startBot>>;
  let serial = 0;
  before(async () => {
    line = await startFakeLine();
    bot = await startBot({
      LINE_CHANNEL_ID: '1234567890',
      LINE_CHANNEL_SECRET: channelSecret,
      LINE_API_BASE_URL: line.url,
    });
  });
  after(async () => {
    await bot?.stop();
    await line?.stop();
  });

  async function asks(): Promise<string> {
    serial += 1;
    const token = `reply-${serial}`;
    const body = messageBody('手数料はいくら', { replyToken: token });
    assert.equal((await bot.post(body)).status, 200);
    return JSON.stringify(await line.to(token));
  }

  it('one is fetched with id and secret, and serves for every answer', async () => {
    assert.match(await asks(), /無料/);
    assert.match(await asks(), /無料/);
    assert.deepEqual(
      line.issued.map(({ asked }) => Object.fromEntries(asked)),
      [{ grant_type: 'client_credentials', client_id: '1234567890', client_secret: channelSecret }],
    );
  });

  it('when LINE refuses it, the resident is answered with the next', async () => {
    line.revoked.add('stateless-1');
    assert.match(await asks(), /無料/);
    assert.equal(line.issued.length, 2);
  });

  it('neither secret nor token is in the log', () => {
    assert.doesNotMatch(bot.output(), /stateless-\d/);
    assert.doesNotMatch(bot.output(), new RegExp(channelSecret));
  });
});
