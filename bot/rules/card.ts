/**
 * What the card's own expiry tells about the certificates.
 *
 * 個人番号カード等に関する命令（平成26年総務省令第85号, 426M60000008085）第26条: a card ends on the 10th birthday after it was made,
 * or on the 5th if its holder was under 18 then (under 20 where J-LIS received the application before 2022-04-01).
 */
import { addDays, type PlainDate, partsOf } from './dates.ts';
import { birthdayIn } from './renewal.ts';

/** 民法の一部を改正する法律（平成30年法律第59号）: adult at 18 from this day, at 20 before. */
const adultAt18From: PlainDate = '2022-04-01';

/** A card made so many days after that day may have been applied for before it. */
const longestMakingDays = 90;

/** Whether a card made on that day is a minor's card (5 birthdays, certificates and card end together). */
export function isMinorsCard(birthday: PlainDate, madeOn: PlainDate): boolean {
  return madeOn < comesOfAge(birthday, madeOn);
}

/**
 * An adult's card runs 10 birthdays and its first certificates 5, so they end five birthdays before the printed date
 * (那覇市・金沢市 tell their residents to reckon so). Without the birthday, the printed month and day stand for it.
 */
export function firstCertificateExpiry(cardExpiresOn: PlainDate, birthday: PlainDate = cardExpiresOn): PlainDate {
  return birthdayIn(partsOf(cardExpiresOn).year - 5, birthday);
}

/**
 * Whose card ends on that printed day: a minor's, an adult's, or (undefined) nobody's with that birthday: a misread date,
 * or a foreign resident's card, which ends with the period of stay.
 */
export function cardholderAt(cardExpiresOn: PlainDate, birthday: PlainDate): 'minor' | 'adult' | undefined {
  const year = partsOf(cardExpiresOn).year;
  if (cardExpiresOn !== birthdayIn(year, birthday)) return undefined;
  // The years in which the card may have been made run from one birthday to the eve of the next.
  const minorsFrom = birthdayIn(year - 5, birthday);
  const adultsUntil = addDays(birthdayIn(year - 9, birthday), -1);
  const appliedBy = addDays(minorsFrom, -longestMakingDays);
  if (minorsFrom >= birthday && minorsFrom < comesOfAge(birthday, appliedBy)) return 'minor';
  return adultsUntil >= birthday && !isMinorsCard(birthday, adultsUntil) ? 'adult' : undefined;
}

/** The day on which the holder is of age, by the law on the day of the application. */
function comesOfAge(birthday: PlainDate, appliedOn: PlainDate): PlainDate {
  return birthdayIn(partsOf(birthday).year + (appliedOn < adultAt18From ? 20 : 18), birthday);
}
