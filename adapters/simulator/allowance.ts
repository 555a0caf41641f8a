/** How much LINE lets a channel send: so many calls a second per endpoint, so many pushed messages a month. */

export interface Allowance {
  /** False: too many calls within this second, or this hour. */
  call(endpoint: string, method: string): boolean;
  /** False: the month's messages are used up. Replies are free and not asked about. */
  push(): boolean;
  readonly monthly: number;
  pushed(): number;
}

/** LINE's documented limits; what is not named here has the common one. */
const callsPerSecond: Readonly<Record<string, number>> = { '/v2/bot/chat/loading/start': 100 };
const commonCallsPerSecond = 2_000;
const callsPerHour: Readonly<Record<string, number>> = {
  'POST /v2/bot/channel/webhook/test': 60,
  'POST /v2/bot/richmenu': 100,
  'POST /v2/bot/richmenu/batch': 3,
};

/** `monthly`: the plan's messages; 200 is the smallest plan in Japan. */
export function allowance({ now, monthly = 200 }: { now: () => number; monthly?: number }): Allowance {
  const perSecond = counter(now, 1_000);
  const perHour = counter(now, 3_600_000);
  let pushed = 0;
  return {
    call(endpoint, method) {
      const inHour = callsPerHour[`${method} ${endpoint}`];
      if (inHour !== undefined && perHour(endpoint) > inHour) return false;
      return perSecond(endpoint) <= (callsPerSecond[endpoint] ?? commonCallsPerSecond);
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

/** How often each was asked for within the current second, or hour. */
function counter(now: () => number, windowMs: number): (endpoint: string) => number {
  let window = 0;
  let calls = new Map<string, number>();
  return (endpoint) => {
    const current = Math.floor(now() / windowMs);
    if (current !== window) calls = new Map();
    window = current;
    const count = (calls.get(endpoint) ?? 0) + 1;
    calls.set(endpoint, count);
    return count;
  };
}
