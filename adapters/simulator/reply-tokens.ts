/** A reply token works once, for a minute after a delivery of its event, and never more than twenty minutes after the event itself. */

const afterDeliveryMs = 60_000;
const afterEventMs = 20 * 60_000;

export function replyTokens(now: () => number) {
  const tokens = new Map<string, { resident: string; eventId: string; eventAt: number; deliveredAt: number }>();
  const isOver = ({ eventAt, deliveredAt }: { eventAt: number; deliveredAt: number }) =>
    now() - deliveredAt > afterDeliveryMs || now() - eventAt > afterEventMs;
  return {
    /** Called before every delivery of the event; a token already used stays used. */
    delivered(token: string, event: { resident: string; eventId: string; eventAt: number; isFirst: boolean }): void {
      if (event.isFirst || tokens.has(token)) tokens.set(token, { ...event, deliveredAt: now() });
      for (const [other, { eventAt }] of tokens) if (now() - eventAt > afterEventMs) tokens.delete(other);
    },
    /** Whose token it is, and of which event; undefined for one that is used, too old or nobody's. It is used with that. */
    use(token: string): { resident: string; eventId: string } | undefined {
      const found = tokens.get(token);
      if (!found || isOver(found)) return undefined;
      tokens.delete(token);
      return found;
    },
  };
}
