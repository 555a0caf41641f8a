/**
 * When the electronic certificates on a My Number card end, and from when they can be renewed.
 *
 * 電子署名等に係る地方公共団体情報システム機構の認証業務に関する法律施行規則（平成15年総務省令第120号, e-Gov 415M60000008120）
 * 第13条（署名用電子証明書）and 第49条（利用者証明用電子証明書）: valid from the day of issue to the earliest of
 *   1. 「発行の日後の…五回目の誕生日」, or 「六回目」 where it was issued anew while 「三月未満」 of the old one remained;
 *   2. the card's own expiry;
 *   3. (署名用 only) the expiry of the 利用者証明用: both are issued together at the counter, so the two dates are one here.
 *
 * Everything is a value: no clock, no I/O, no chat. `test/rules/*.yaml` name a case for each clause.
 */
import { addDays, addMonthsClamped, type PlainDate, partsOf, plainDate } from './dates.ts';

/** How early a certificate can be renewed: a dated parameter of `content/procedures/renewal.yaml`. */
export interface RenewalWindow {
  /** Calendar months before the expiry. */
  readonly months: number;
  /** True: the day that lies exactly so many months before counts already. False: 「未満」, so the day after is the first. */
  readonly countsThatDay: boolean;
}

export type RenewalStatus = 'too-early' | 'renewable' | 'expired';

/**
 * The birthday as it falls in a year. Born on 29 February: 28 February in a year without one.
 *
 * 個人番号カード等に関する命令（426M60000008085）第26条第2項 says so for the card: 「二月二十九日…に生まれた者の…誕生日は、
 * うるう年以外の年においては二月二十八日とみなす」. The certificates' rule is silent; it is applied by analogy, so answers say 「目安」.
 */
export function birthdayIn(year: number, birthday: PlainDate): PlainDate {
  const { month, day } = partsOf(birthday);
  return plainDate(year, month, day) ?? known(plainDate(year, 2, 28));
}

/** The n-th birthday after a day: 「発行の日後」, so a birthday on that very day does not count. */
export function nthBirthdayAfter(birthday: PlainDate, on: PlainDate, n: number): PlainDate {
  const { year } = partsOf(on);
  const first = birthdayIn(year, birthday) > on ? year : year + 1;
  return birthdayIn(first + n - 1, birthday);
}

/** 第13条第1号・第49条第1号 with 第2号: the 5th birthday after the issue (the 6th after an early renewal), or the card's expiry if earlier. */
export function certificateExpiry(certificate: {
  readonly birthday: PlainDate;
  readonly issuedOn: PlainDate;
  readonly renewedEarly: boolean;
  readonly cardExpiresOn?: PlainDate;
}): PlainDate {
  const { birthday, issuedOn, renewedEarly, cardExpiresOn } = certificate;
  const byBirthday = nthBirthdayAfter(birthday, issuedOn, renewedEarly ? 6 : 5);
  return cardExpiresOn !== undefined && cardExpiresOn < byBirthday ? cardExpiresOn : byBirthday;
}

/**
 * The first day of the renewal window: less than three months must remain.
 * Rounding: the month arithmetic clamps to the month's end (05-30 − 3 months = 02-28), then one day is added unless that day counts.
 */
export function renewableFrom(expiresOn: PlainDate, window: RenewalWindow): PlainDate {
  const monthsBefore = addMonthsClamped(expiresOn, -window.months);
  return window.countsThatDay ? monthsBefore : addDays(monthsBefore, 1);
}

/** A certificate is valid to the end of its expiry day. */
export function statusOn(today: PlainDate, expiresOn: PlainDate, window: RenewalWindow): RenewalStatus {
  if (today > expiresOn) return 'expired';
  return today < renewableFrom(expiresOn, window) ? 'too-early' : 'renewable';
}

/**
 * Whether 「六回目」 could apply: only then is the resident asked about an early renewal.
 *
 * It can when the issue lies in the window before a birthday on which an earlier certificate may have ended, that is, one that
 * is at least the 5th birthday after the first certificates were ever issued. On the birthday itself both readings end on
 * the same day: the card is no younger than the certificate it carried, so clause 2 (the card's 10th birthday) caps the 6th.
 */
export function sixthBirthdayMatters(
  certificate: { readonly birthday: PlainDate; readonly issuedOn: PlainDate },
  window: RenewalWindow,
  firstEverIssuedOn: PlainDate,
): boolean {
  const { birthday, issuedOn } = certificate;
  const endedOn = nthBirthdayAfter(birthday, issuedOn, 1);
  return issuedOn >= renewableFrom(endedOn, window) && endedOn >= nthBirthdayAfter(birthday, firstEverIssuedOn, 5);
}

/**
 * 「発行の日」 is the day J-LIS made the card, some weeks before the hand-over that residents remember. If a birthday lies in
 * those weeks, the certificate ends a year earlier than the hand-over suggests: that day, or undefined.
 */
export function expiryIfHandedOver(
  certificate: { readonly birthday: PlainDate; readonly issuedOn: PlainDate },
  handoverDays: number,
): PlainDate | undefined {
  const { birthday, issuedOn } = certificate;
  const madeOn = latest(birthday, addDays(issuedOn, -handoverDays)); // a newborn's card is not older than the child
  const earlier = nthBirthdayAfter(birthday, madeOn, 5);
  return earlier < nthBirthdayAfter(birthday, issuedOn, 5) ? earlier : undefined;
}

function latest(one: PlainDate, other: PlainDate): PlainDate {
  return one > other ? one : other;
}

function known(date: PlainDate | undefined): PlainDate {
  if (date === undefined) throw new Error('28 February exists in every year');
  return date;
}
