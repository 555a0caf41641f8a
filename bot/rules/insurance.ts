/**
 * The card as 健康保険証 (マイナ保険証) around the end of its 利用者証明用電子証明書.
 */
import { addMonthsClamped, daysBetween, endOfMonth, type PlainDate } from './dates.ts';

/** Last days on which the registration is refused: 「有効期限までが5日以内になると…利用申し込みができなくなる」 (the city's page). */
export interface InsuranceTerms {
  readonly registrationStopsDaysBefore: number;
  /** Whole months after the month of expiry in which the card is still accepted. */
  readonly usableMonthsAfter: number;
}

/** With five days or fewer left, and after the expiry, the registration is refused: renew first. */
export function insuranceRegistrationStops(today: PlainDate, expiresOn: PlainDate, terms: InsuranceTerms): boolean {
  return daysBetween(today, expiresOn) <= terms.registrationStopsDaysBefore;
}

/** The end of the third month after the month of expiry: expired on 4/1, usable until 7/31 (奈良市). */
export function insuranceUsableUntil(expiresOn: PlainDate, terms: InsuranceTerms): PlainDate {
  return endOfMonth(addMonthsClamped(expiresOn, terms.usableMonthsAfter));
}
