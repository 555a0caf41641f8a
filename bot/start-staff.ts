/** Who may sign in to the staff's pages, and those pages as one site. */
import { randomBytes } from 'node:crypto';
import type { Router } from 'express';
import { memoryRecords } from '../adapters/memory-records.ts';
import type { Records } from '../adapters/records.ts';
import { redisAudit } from '../adapters/redis/audit.ts';
import type { RedisConnection } from '../adapters/redis/connect.ts';
import { redisRecords } from '../adapters/redis/records.ts';
import type { Seal } from '../adapters/redis/seal.ts';
import { type Account, type Accounts, openAccounts, type SignIn } from '../adapters/staff/accounts.ts';
import { type Audit, memoryAudit } from '../adapters/staff/audit.ts';
import type { OidcName, OidcStart } from '../adapters/staff/oidc.ts';
import { type StaffPart, staffSite } from '../adapters/staff/site.ts';
import type { Config } from './config.ts';
import type { Log } from './ports.ts';

export interface StaffOptions {
  /** Absent: in memory, and an account to try it out is made. */
  readonly redis: { readonly connection: RedisConnection; readonly seal: Seal } | undefined;
  /** Over https. */
  readonly isSecure: boolean;
  readonly config: Pick<Config, 'oidc'>;
  readonly log: Log;
}

/** To try the pages out, without Redis and LINE only. */
export interface Demo {
  readonly name: string;
  readonly password: string;
}

export interface Staff {
  readonly accounts: Accounts;
  readonly audit: Audit;
  readonly demo: Demo | undefined;
  /** Small collections, kept where everything is kept. */
  readonly records: OpenRecords;
  /** Their pages over HTTP. `timezone`: where the office's clocks are (IANA). */
  site(parts: readonly StaffPart[], timezone: () => string): Router;
}
export type OpenRecords = <Value>(name: string) => Records<Value>;

export async function openStaff({ redis, isSecure, config: { oidc }, log }: StaffOptions): Promise<Staff> {
  const records: OpenRecords = <Value>(name: string) =>
    redis ? redisRecords<Value>(redis.connection, { seal: redis.seal, name }) : memoryRecords<Value>();
  const accounts = openAccounts(records<Account>('account'), records<SignIn>('sign-in'));
  const audit = redis ? redisAudit(redis.connection) : memoryAudit();
  const signingIn = { accounts, audit, now: Date.now, isSecure };
  // Loaded only where a city has it.
  const { oidcSignIn } = oidc ? await import('../adapters/staff/oidc.ts') : {};
  const otherSignIn =
    oidc &&
    oidcSignIn?.({
      ...signingIn,
      options: oidc,
      starts: records<OidcStart>('oidc'),
      names: records<OidcName>('oidc-name'),
      log,
    });
  const demo = redis || isSecure ? undefined : { name: 'demo', password: randomBytes(9).toString('base64url') };
  if (demo) await accounts.add({ ...demo, role: 'admin' });
  else if (!oidc && (await accounts.all().catch(() => ['unknown'])).length === 0)
    log.warn({}, 'nobody can sign in at /staff yet: npm run staff -- add NAME');
  return {
    accounts,
    audit,
    demo,
    records,
    site: (parts, timezone) => staffSite({ ...signingIn, parts, timezone, otherSignIn }),
  };
}
