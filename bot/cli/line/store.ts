/** What lies in the channel's Redis that the set-up has to know. */
import { pinoLog } from '../../../adapters/log.ts';
import { connectRedis } from '../../../adapters/redis/connect.ts';
import { redisRecords } from '../../../adapters/redis/records.ts';
import { sealWith } from '../../../adapters/redis/seal.ts';
import { redisVersions } from '../../../adapters/redis/versions.ts';
import { type Account, openAccounts, type SignIn } from '../../../adapters/staff/accounts.ts';
import type { Config } from '../../config.ts';
import { differences } from '../../content-versions.ts';
import { readTexts } from '../../load/texts.ts';

export interface StoreState {
  /** Files that are published otherwise than they lie here. */
  readonly otherFiles: readonly string[];
  /** How many people may sign in at /staff. */
  readonly accounts: number;
}

/** Rejects when Redis does not answer. */
export async function storeState({ url, dataKeys }: NonNullable<Config['redis']>, folder: string): Promise<StoreState> {
  const redis = connectRedis(url, pinoLog({ level: 'fatal' }));
  try {
    const versions = redisVersions(redis);
    const seal = sealWith(dataKeys);
    const accounts = openAccounts(
      redisRecords<Account>(redis, { seal, name: 'account' }),
      redisRecords<SignIn>(redis, { seal, name: 'sign-in' }),
    );
    const [id, names] = await Promise.all([versions.currentId(), accounts.all()]);
    const published = id === null ? undefined : await versions.find(id);
    return {
      otherFiles: published ? differences(published.texts, readTexts(folder)) : [],
      accounts: names.length,
    };
  } finally {
    redis.disconnect();
  }
}
