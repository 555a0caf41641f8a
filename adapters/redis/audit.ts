/** The audit log as a Redis Stream: Redis gives every entry its place, and nobody changes one. */
import type { Audit, AuditEntry } from '../staff/audit.ts';
import type { RedisConnection } from './connect.ts';

const key = 'koshin:{desk}:audit';

export function redisAudit(redis: RedisConnection): Audit {
  return {
    async append(entry) {
      await redis.xadd(key, '*', 'entry', JSON.stringify(entry));
    },
    async latest(atMost) {
      const found = await redis.xrevrange(key, '+', '-', 'COUNT', atMost);
      return found.map(([, [, json = '']]) => JSON.parse(json) as AuditEntry);
    },
  };
}
