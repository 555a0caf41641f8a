/** The renewal's parameters, as `content/procedures/renewal.yaml` sets them. */
import type { PlainDate } from './dates.ts';
import type { InsuranceTerms } from './insurance.ts';
import type { LeadTimes } from './lead-times.ts';
import type { RenewalWindow } from './renewal.ts';

export interface RenewalTerms {
  /** Dated: each entry holds from its day on. */
  readonly window: readonly (RenewalWindow & { readonly from: PlainDate })[];
  /** No certificate on a My Number card is older than this. */
  readonly firstIssuedOn: PlainDate;
  /** How many days may lie between the day a card is made and its hand-over. */
  readonly handoverDays: number;
  /** A window that opens within so many days is worth planning a visit for. */
  readonly soonDays: number;
  readonly insurance: InsuranceTerms;
  /** Rows of the lead-time table; `renewal` and `issue` are the two that a visit for a certificate can be. */
  readonly leadTimes: Readonly<Record<'renewal' | 'issue', LeadTimes>>;
}

/** The window in force on a day. */
export function windowOn(terms: RenewalTerms, on: PlainDate): RenewalWindow {
  const window = terms.window.findLast((entry) => entry.from <= on) ?? terms.window[0];
  if (!window) throw new Error('renewal terms without a window: content/procedures/renewal.yaml must have one');
  return window;
}
