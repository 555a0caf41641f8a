/** `npm run staff -- add NAME [--role admin] | list | remove NAME`: who may sign in at /staff. The password is asked for, or read from standard input. */
import { stdin } from 'node:process';
import { pinoLog } from '../../adapters/log.ts';
import { connectRedis } from '../../adapters/redis/connect.ts';
import { redisRecords } from '../../adapters/redis/records.ts';
import { sealWith } from '../../adapters/redis/seal.ts';
import { type Account, openAccounts, roles, type SignIn } from '../../adapters/staff/accounts.ts';
import { longestPassword, shortestPassword } from '../../adapters/staff/password.ts';
import { named } from '../channels.ts';
import { readConfig } from '../config.ts';
import { openAsker } from './ask.ts';
import { channel, environment } from './channel.ts';
import { readOptions } from './options.ts';
import { stop } from './stop.ts';

const usage = `使い方:
  npm run staff -- add 名前 [--role agent|editor|admin]   アカウントを作る、またはパスワードを変える
  npm run staff -- list                                   名前の一覧
  npm run staff -- remove 名前                            サインインできなくする`;

const { values, positionals } = readOptions(usage, { role: { type: 'string', default: 'agent' } });
const [command, name] = positionals;
const role = roles.find((each) => each === values.role);
const isWhole = command === 'list' || ((command === 'add' || command === 'remove') && name !== undefined);
if (!isWhole || !role) stop(usage);

const config = readConfig(environment);
if (!config.ok) stop(config.problems.map((problem) => named(channel, problem)).join('\n'));
if (!config.config.redis)
  stop(
    'REDIS_URL と DATA_KEYS を設定してください。LINE のチャネルも Redis もないときだけ、npm start が見本のアカウントを作ります。',
  );
const { url, dataKeys } = config.config.redis;
const redis = connectRedis(url, pinoLog({ level: 'error' }));
const seal = sealWith(dataKeys);
const accounts = openAccounts(
  redisRecords<Account>(redis, { seal, name: 'account' }),
  redisRecords<SignIn>(redis, { seal, name: 'sign-in' }),
);

if (command === 'add' && name !== undefined) {
  const password = await readPassword();
  if (password.length < shortestPassword || password.length > longestPassword)
    stop(`パスワードは${shortestPassword}文字以上、${longestPassword}文字以内にしてください。`);
  await accounts.add({ name, role, password });
  console.log(`${name} は /staff にサインインできます（${role}）。`);
} else if (command === 'remove' && name !== undefined) {
  await accounts.remove(name);
  // A name of the city's own accounts is free again for whoever signs in with it next.
  await redisRecords(redis, { seal, name: 'oidc-name' }).remove(name);
  console.log(`${name} は、もうサインインできません。`);
} else {
  console.log((await accounts.all()).join('\n') || 'アカウントはまだありません。');
}
redis.disconnect();

/** Not shown while it is typed. */
async function readPassword(): Promise<string> {
  const asker = openAsker();
  const password = await asker.ask(stdin.isTTY ? `パスワード（${shortestPassword}文字以上）: ` : '', { secret: true });
  asker.close();
  return password ?? '';
}
