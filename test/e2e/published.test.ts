/** Publishing and rolling back, over two real processes on real Redis: taken up within seconds, without a restart, in mid-conversation. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readTexts } from '../../bot/load/texts.ts';
import { root } from '../../bot/root.ts';
import { channelSecret, startBot } from '../support/bot-process.ts';
import { type City, cityCopy } from '../support/city.ts';
import { startFakeLine } from '../support/fake-line.ts';
import { messageBody } from '../support/message.ts';
import { redisOrSkip, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';

type Bot = Awaited<ReturnType<typeof startBot>>;

describe('a published version', function () {
  this.timeout(60_000);
  let redis: TestRedis | undefined;
  let line: Awaited<ReturnType<typeof startFakeLine>>;
  let environment: Record<string, string>;
  const office = cityCopy({ withBot: true });
  const cities: City[] = [office];
  const bots: Bot[] = [];
  let serial = 0;

  before(async function () {
    redis = await redisOrSkip(this);
    line = await startFakeLine();
    environment = {
      LINE_CHANNEL_SECRET: channelSecret,
      LINE_CHANNEL_ACCESS_TOKEN: 'a-channel-access-token',
      LINE_API_BASE_URL: line.url,
      REDIS_URL: redis.url,
      DATA_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
    };
    for (let count = 0; count < 2; count += 1) bots.push(await startBot(environment));
  });
  after(async () => {
    await Promise.all(bots.map((bot) => bot.stop()));
    await line?.stop();
    await redis?.stop();
    for (const city of cities) city.remove();
  });

  function content(folder: string, ...words: string[]): { said: string; status: number | null } {
    const { stdout, stderr, status } = spawnSync(process.execPath, ['bot/cli/content.ts', ...words, '--by', 'aoki'], {
      cwd: folder,
      env: { PATH: process.env.PATH ?? '', ...environment },
      encoding: 'utf8',
    });
    return { said: stdout + stderr, status };
  }

  /** What a resident reads of that process. */
  async function asks(
    bot: Bot,
    text: string,
    resident = `U${(serial + 1).toString(16).padStart(32, '0')}`,
  ): Promise<string> {
    serial += 1;
    const token = `token-${serial}`;
    const body = messageBody(text, { resident, replyToken: token });
    assert.equal((await bot.post(body)).status, 200);
    return JSON.stringify(await line.to(token));
  }

  /** Both processes say it: whoever takes a webhook, the answer comes from the process that holds the resident, so that many are asked. */
  const bothSay = (text: string, pattern: RegExp) =>
    until(async () => {
      const said = await Promise.all(
        [...bots, ...bots, ...bots, ...bots, ...bots, ...bots].map((bot) => asks(bot, text)),
      );
      return said.every((words) => pattern.test(words));
    });

  it('is said by every process, and conversations go on with what was answered', async () => {
    const resident = 'U206d25c2ea6bd87c17655609a1c37cb8';
    const [one, two] = bots;
    assert.ok(one && two);
    await asks(one, '更新', resident);
    assert.match(await asks(two, 'S55.3.3', resident), /発行日はわかりますか/);
    office.edit('content/ja/faq.yaml', '更新は{fee}です。', '更新は、いつでも{fee}です。');
    office.edit(
      'content/ja/renewal.yaml',
      '電子証明書の発行日はわかりますか。カードが',
      '発行日をご存じですか。カードが',
    );
    assert.match(content(office.root, 'push').said, /--why に/);
    const { said, status } = content(office.root, 'push', '--why', '言い方を直した');
    assert.match(said, /^公開しました: \S+　.*　aoki　言い方を直した\n$/);
    assert.equal(status, 0);
    await bothSay('手数料は?', /いつでも無料です/);
    assert.match(await asks(one, '手数料は?', resident), /いつでも無料.*発行日/s, 'the birthday is not asked again');
    assert.match(await asks(two, 'R3.9.10', resident), /電子証明書の有効期限/);
  });

  it('with a mistake is refused before anybody hears of it', async () => {
    const broken = cityCopy({ withBot: true });
    cities.push(broken);
    broken.edit('content/ja/faq.yaml', '{fee}です。', '{fe}です。');
    const { said, status } = content(broken.root, 'push', '--why', 'まちがい');
    assert.match(said, /「\{fe\}」にあてはまるものがありません.*1件の問題があるため、公開できません/s);
    assert.equal(status, 1);
  });

  it('is written back byte for byte, compared, and rolled back', async () => {
    const repository = cityCopy({ withBot: true });
    cities.push(repository);
    assert.match(
      content(repository.root, 'status').said,
      /ちがうファイル:\n {2}content\/ja\/faq\.yaml\n {2}content\/ja\/renewal\.yaml/,
    );
    assert.match(content(repository.root, 'pull').said, /よければ --yes/);
    assert.match(content(repository.root, 'pull', '--yes').said, /書き戻しました/);
    assert.deepEqual(readTexts(repository.root), readTexts(office.root));
    assert.match(content(repository.root, 'status').said, /ここのファイルと同じです/);
    const deployed = cityCopy({ withBot: true });
    cities.push(deployed);
    const refused = content(deployed.root, 'push', '--why', '元に戻す');
    const [, holds = ''] = /--over (\S+) を付けて/.exec(refused.said) ?? [];
    assert.equal(refused.status, 1, 'it would take back what somebody else published');
    assert.match(content(deployed.root, 'push', '--why', '元に戻す', '--over', holds).said, /公開しました/);
    await bothSay('手数料は?', /更新は無料です/);
    const [, second = ''] = content(deployed.root, 'history')
      .said.split('\n')
      .map((row) => row.split('　')[0] ?? '');
    assert.match(content(deployed.root, 'rollback', second, '--why', 'やはり新しい言い方で').said, /公開しました/);
    await bothSay('手数料は?', /いつでも無料です/);
    assert.equal(content(deployed.root, 'rollback', 'nothing', '--why', 'x').status, 1);
  });

  it('holds for a process that starts afterwards, whatever files it was deployed with', async () => {
    const late = await startBot(environment);
    bots.push(late);
    assert.match(await asks(late, '手数料は?'), /いつでも無料です/);
    assert.notDeepEqual(readTexts(root), readTexts(office.root));
  });
});
