/** The files of docs/deploy/ as an operator copies them: nginx with TLS and a Redis with a password in front of and behind two processes. */
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as tlsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { root } from '../../bot/root.ts';
import { channelSecret, sign, startBot } from '../support/bot-process.ts';
import { selfSigned } from '../support/certificate.ts';
import { findNginx, findOpenssl, findSystemd, foundOrInstalled } from '../support/debian.ts';
import { startFakeLine } from '../support/fake-line.ts';
import { messageBody } from '../support/message.ts';
import { findRedis, freePort } from '../support/redis.ts';
import { until } from '../support/until.ts';

const file = (name: string) => readFileSync(join(root, 'docs/deploy', name), 'utf8');

/** Another value in the place of each; every one has to be there. */
function adapted(text: string, values: Readonly<Record<string, string>>): string {
  return Object.entries(values).reduce((so, [old, becomes]) => {
    assert.ok(so.includes(old), `the file has no ${old}`);
    return so.replaceAll(old, becomes);
  }, text);
}

describe('docs/deploy', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'koshin-deploy-'));
  const password = 'a-password-of-the-tests';
  const processes: ChildProcess[] = [];
  const bots: Awaited<ReturnType<typeof startBot>>[] = [];
  const ports: number[] = [];
  let line: Awaited<ReturnType<typeof startFakeLine>>;
  let environment: Record<string, string>;
  let [https, redisPort] = [0, 0];
  let certificate: Buffer;

  before(async function () {
    const [nginx, redis, openssl] = [findNginx(), findRedis(), findOpenssl()];
    if (!nginx || !redis || !openssl || !foundOrInstalled(['curl'], ['curl'])) {
      console.error(
        '    skipped: nginx, redis-server, openssl or curl are not here, and could not be installed (Debian: apt-get install nginx redis-server openssl curl)',
      );
      return this.skip();
    }
    const tls = selfSigned(openssl);
    certificate = readFileSync(tls.certificate);
    redisPort = await freePort();
    ports.push(await freePort(), await freePort());
    https = await freePort();
    const redisFile = join(folder, 'redis.conf');
    writeFileSync(
      redisFile,
      adapted(file('redis.conf'), {
        'port 6380': `port ${redisPort}`,
        'dir /var/lib/redis-koshin-navi': `dir ${folder}`,
        'requirepass PASSWORD': `requirepass ${password}`,
      }),
    );
    processes.push(spawn(redis, [redisFile], { stdio: 'ignore' }));
    const site = adapted(file('nginx.conf'), {
      '127.0.0.1:3001': `127.0.0.1:${ports[0]}`,
      '127.0.0.1:3002': `127.0.0.1:${ports[1]}`,
      'listen 80': `listen 127.0.0.1:${await freePort()}`,
      'listen 443': `listen 127.0.0.1:${https}`,
      'koshin.example': 'localhost',
      '/etc/ssl/koshin-navi/fullchain.pem': tls.certificate,
      '/etc/ssl/koshin-navi/key.pem': tls.key,
      '/var/log/nginx/koshin-navi.log': join(folder, 'access.log'),
    });
    // What Debian's own nginx.conf has around a site.
    mkdirSync(join(folder, 'nginx'));
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (kind) => `${kind}_temp_path ${folder}/nginx/${kind};`,
    );
    const main = join(folder, 'nginx.conf');
    writeFileSync(
      main,
      `pid ${folder}/nginx.pid; error_log ${folder}/nginx.log; worker_processes 1; events {} http { ${temporary.join(' ')} ${site} }`,
    );
    line = await startFakeLine();
    environment = {
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      LINE_CHANNEL_ID: '1234567890',
      LINE_CHANNEL_SECRET: channelSecret,
      LINE_API_BASE_URL: line.url,
      REDIS_URL: `redis://default:${password}@127.0.0.1:${redisPort}`,
      DATA_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
      PUBLIC_URL: 'https://localhost',
    };
    const redisClient = redisWith(password);
    await until(async () => (await redisClient.ping().catch(() => '')) === 'PONG');
    redisClient.disconnect();
    bots.push(...(await Promise.all(ports.map((port) => startBot(environment, { port })))));
    processes.push(spawn(nginx, ['-p', folder, '-c', main, '-g', 'daemon off;'], { stdio: 'ignore' }));
    await until(async () => (await ask('/readyz').catch(() => undefined))?.status === 200);
  });
  after(async () => {
    await Promise.all(bots.map((bot) => bot.stop()));
    await line?.stop();
    for (const each of processes) {
      const gone = new Promise((resolve) => each.once('exit', resolve));
      each.kill();
      await gone;
    }
    rmSync(folder, { recursive: true });
  });

  function redisWith(password?: string): Redis {
    const redis = new Redis({ port: redisPort, ...(password && { password }), retryStrategy: () => 50 });
    return redis.on('error', () => undefined);
  }

  /** As LINE and residents reach it: over TLS, by its name. */
  function ask(path: string, body?: string): Promise<{ status: number; headers: Record<string, unknown> }> {
    return new Promise((resolve, reject) => {
      const asking = tlsRequest(
        {
          port: https,
          host: '127.0.0.1',
          servername: 'localhost',
          ca: certificate,
          path,
          method: body === undefined ? 'GET' : 'POST',
          headers: {
            host: 'localhost',
            ...(body !== undefined && { 'content-type': 'application/json', 'x-line-signature': sign(body) }),
          },
        },
        (response) => {
          response.resume();
          response.once('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers }));
        },
      );
      asking.once('error', reject);
      asking.end(body);
    });
  }

  it('a rolling restart of both processes under load loses nothing and says nothing twice', async () => {
    const sent: string[] = [];
    const refused: string[] = [];
    let isOver = false;
    async function load(): Promise<void> {
      while (!isOver) {
        const replyToken = `token-${sent.length + 1}`;
        sent.push(replyToken);
        const resident = `U${String(sent.length % 50).padStart(32, '0')}`;
        const { status } = await ask('/webhook', messageBody('手数料はいくらですか', { resident, replyToken }));
        if (status !== 200) refused.push(`${replyToken}: ${status}`);
        await sleep(20);
      }
    }
    const loading = Promise.all([load(), load(), load(), load()]);
    await sleep(500);
    for (const [index, port] of ports.entries()) {
      // As rolling-restart.sh: one is ready again before the next is stopped.
      assert.equal(await bots[index]?.stop(), 0);
      await sleep(500);
      const bot = await startBot(environment, { port });
      bots[index] = bot;
      await until(async () => (await fetch(`${bot.url}/readyz`)).status === 200);
      await sleep(500);
    }
    isOver = true;
    await loading;
    assert.deepEqual(refused, []);
    assert.ok(sent.length > 200, `${sent.length} webhooks`);
    await until(() => line.sent.length >= sent.length, 20_000);
    await sleep(300);
    const answered = line.sent.map(({ to }) => to);
    assert.equal(new Set(answered).size, answered.length, 'nothing twice');
    assert.deepEqual(answered.toSorted(), sent.toSorted());
    const [first, second] = bots.map((bot) => (bot.output().match(/turn taken/g) ?? []).length);
    console.log(
      `      ${sent.length} webhooks during two restarts; turns by the new processes: ${first} and ${second}`,
    );
  });

  it('pages go over TLS only with what they need, and figures are not for everybody', async () => {
    const { status, headers } = await ask('/privacy');
    assert.equal(status, 200);
    assert.match(String(headers['strict-transport-security']), /max-age/);
    assert.doesNotMatch(String(headers.server), /\d/);
    assert.equal((await ask('/metrics')).status, 404);
    assert.equal((await fetch(`${bots[0]?.url}/metrics`)).status, 200, 'on this machine they are');
    assert.equal((await ask('/staff/sign-in?code=secret')).status, 200);
    const log = readFileSync(join(folder, 'access.log'), 'utf8');
    assert.match(log, /GET \/staff\/sign-in 200/);
    assert.doesNotMatch(log, /secret/);
  });

  it('Redis asks for the password, and keeps what it accepted on the disk', async () => {
    const stranger = redisWith();
    await assert.rejects(stranger.get('x'), /NOAUTH/);
    stranger.disconnect();
    const redis = redisWith(password);
    const info = await redis.info('persistence');
    assert.match(info, /aof_enabled:1/);
    assert.equal(((await redis.config('GET', 'maxmemory-policy')) as string[])[1], 'noeviction');
    redis.disconnect();
    assert.doesNotMatch(bots.map((bot) => bot.output()).join(''), /Redis (?:may evict|keeps no)/);
  });

  it('the unit starts what runs here, and systemd finds nothing to say against it', function () {
    const unit = file('koshin-navi@.service');
    // What EnvironmentFile= holds would override Environment=: the command itself sets what must not be otherwise.
    const started = unit.match(/^ExecStart=(.*)$/m)?.[1];
    assert.equal(started, '/usr/bin/env NODE_ENV=production HOST=127.0.0.1 PORT=%i /usr/bin/node bot/main.ts');
    assert.doesNotMatch(unit, /^Environment=/m);
    const shown = execFileSync(
      'env',
      ['-u', 'X', ...started.replace('%i', '3001').split(' ').slice(1, 4), 'printenv', 'NODE_ENV', 'HOST', 'PORT'],
      {
        env: { PATH: process.env.PATH ?? '', NODE_ENV: '', HOST: '', PORT: '3000' },
        encoding: 'utf8',
      },
    );
    assert.equal(shown, 'production\n127.0.0.1\n3001\n');
    const analyze = findSystemd();
    if (!analyze) {
      console.error(
        '    skipped: systemd-analyze is not here, and could not be installed (Debian: apt-get install systemd)',
      );
      return this.skip();
    }
    // It wants the program to be where the unit says; here Node lies elsewhere.
    const place = join(folder, 'koshin-navi@.service');
    writeFileSync(place, adapted(unit, { '/usr/bin/node': process.execPath }));
    const others = ['koshin-navi.target', 'redis-koshin-navi.service'];
    for (const name of others) writeFileSync(join(folder, name), file(name));
    execFileSync(analyze, ['verify', place, ...others.map((name) => join(folder, name))], { stdio: 'pipe' });
  });

  it('the script for a rolling restart takes the processes one after the other, each once it is ready', () => {
    // Everything but systemd itself.
    const systemctl = join(folder, 'systemctl');
    writeFileSync(systemctl, `#!/bin/sh\necho "$@" >> ${folder}/restarted\n`, { mode: 0o755 });
    const script = join(root, 'docs/deploy/rolling-restart.sh');
    execFileSync('bash', [script, ...ports.map(String)], {
      env: { PATH: `${folder}:${process.env.PATH}` },
      stdio: 'pipe',
    });
    const restarted = readFileSync(join(folder, 'restarted'), 'utf8');
    assert.equal(restarted, ports.map((port) => `restart koshin-navi@${port}\n`).join(''));
    for (const port of ['3001', '3002'])
      for (const name of ['koshin-navi.target', 'nginx.conf', 'rolling-restart.sh'])
        assert.match(file(name), new RegExp(`[@: ]${port}\\b`), name);
  });
});
