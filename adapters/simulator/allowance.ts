/** How much LINE lets a channel send: so many calls a second per endpoint, so many pushed messages a month. */

export interface Allowance {
  /** False: too many calls within this second. */
  call(endpoint: string): boolean;
  /** False: the month's messages are used up. Replies are free and not asked about. */
  push(): boolean;
  readonly monthly: number;
  pushed(): number;
}

/** LINE's documented limits; what is not named here has the common one. */
const callsPerSecond: Readonly<Record<string, number>> = { '/v2/bot/chat/loading/start': 100 };
const commonCallsPerSecond = 2_000;

/** `monthly`: the plan's messages; 200 is the smallest plan in Japan. */
export function allowance({ now, monthly = 200 }: { now: () => number; monthly?: number }): Allowance {
  let second = 0;
  let calls = new Map<string, number>();
  let pushed = 0;
  return {
    call(endpoint) {
      const current = Math.floor(now() / 1_000);
      if (current !== second) calls = new Map();
      second = current;
      const count = (calls.get(endpoint) ?? 0) + 1;
      calls.set(endpoint, count);
      return count <= (callsPerSecond[endpoint] ?? commonCallsPerSecond);
    },
    monthly,
    pushed: () => pushed,
    push() {
      if (pushed >= monthly) return false;
      pushed += 1;
      return true;
    },
  };
}
