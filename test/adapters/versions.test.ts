/** The store of published versions, on a real Redis. */
import assert from 'node:assert/strict';
import { connectRedis } from '../../adapters/redis/connect.ts';
import { redisVersions } from '../../adapters/redis/versions.ts';
import { differences, versionOf } from '../../bot/content-versions.ts';
import { readTexts } from '../../bot/load/texts.ts';
import type { Version, Versions } from '../../bot/ports.ts';
import { root } from '../../bot/root.ts';
import { redisOrSkip, type TestRedis } from '../support/redis.ts';
import { silent } from '../support/silent.ts';

const texts = {
  'content/ja/faq.yaml': '# 「コメント」\nfee:\n  answer: 無料です。\n',
  'flows/renewal.yaml': 'title: 更新\n',
};
const made = (why: string, from: string | null, at: number): Version =>
  versionOf({ ...texts, 'content/ja/faq.yaml': `# ${why}\n` }, { by: 'aoki', why, from, at });

describe('published versions', () => {
  let redis: TestRedis;
  const connections: { disconnect(): void }[] = [];
  before(async function () {
    redis = await redisOrSkip(this);
  });
  after(async () => {
    for (const connection of connections) connection.disconnect();
    await redis?.stop();
  });

  async function open(): Promise<Versions> {
    const connection = connectRedis(redis.url, silent);
    connections.push(connection);
    await connection.flushall();
    return redisVersions(connection);
  }

  it('holds nothing at first, then what was published last, and keeps all of it', async () => {
    const versions = await open();
    assert.equal(await versions.currentId(), null);
    assert.deepEqual(await versions.history(), []);
    const first = made('手数料', null, 1_000);
    assert.equal(await versions.publish(first), true);
    assert.deepEqual(await versions.find(first.id), first);
    const second = made('時間', first.id, 2_000);
    assert.equal(await versions.publish(second), true);
    assert.equal(await versions.currentId(), second.id);
    assert.deepEqual(
      (await versions.history()).map(({ why, by, from }) => [why, by, from]),
      [
        ['時間', 'aoki', first.id],
        ['手数料', 'aoki', null],
      ],
    );
    assert.equal(await versions.find('unknown'), undefined);
  });

  it('lets one of two win who publish at once from the same version, and loses neither’s texts silently', async () => {
    const versions = await open();
    const published = await Promise.all([made('一方', null, 1_000), made('他方', null, 1_001)].map(versions.publish));
    assert.equal(published.filter(Boolean).length, 1);
    assert.equal((await versions.history()).length, 1);
  });

  it('come back byte for byte: comments, order and all', async () => {
    const versions = await open();
    const whole = versionOf(readTexts(root), { by: 'aoki', why: '全部', from: null, at: 1 });
    await versions.publish(whole);
    assert.deepEqual((await versions.find(whole.id))?.texts, readTexts(root));
  });

  it('are compared file by file', () => {
    assert.deepEqual(differences(texts, texts), []);
    assert.deepEqual(differences(texts, { 'flows/renewal.yaml': 'title: 更新\n', 'content/ja/new.yaml': '' }), [
      'content/ja/faq.yaml',
      'content/ja/new.yaml',
    ]);
  });
});
