/** The dates that the renewal rule asks for, and which of them cannot be. */
import { cardholderAt } from './card.ts';
import { addMonthsClamped, isPlainDate, type PlainDate } from './dates.ts';
import { birthdayIn, nthBirthdayAfter } from './renewal.ts';
import type { RenewalTerms } from './renewal-terms.ts';
import type { Answers, DateSlot } from './rule.ts';
import { later, possibleDays } from './visit-facts.ts';

/** Certificates end within six years. */
const farthestYears = 6;

/** A day still to come. */
const dayAhead = {
  personal: false,
  suffices: false,
  reasons: ['past', 'too-far'],
  range: (_, { today }) => ({ from: today, until: yearsLater(today, farthestYears), likely: today }),
  refuse(on, _, { today }) {
    if (on < today) return 'past';
    return on > yearsLater(today, farthestYears) ? 'too-far' : undefined;
  },
} as const satisfies DateSlot<RenewalTerms>;

export const renewalSlots: Readonly<Record<string, DateSlot<RenewalTerms>>> = {
  birthday: {
    personal: true,
    suffices: false,
    reasons: ['future', 'too-old'],
    range: (_, { today }) => ({ from: yearsLater(today, -120), until: today, likely: '1970-01-01' }),
    refuse(on, _, { today }) {
      if (on > today) return 'future';
      return on < yearsLater(today, -120) ? 'too-old' : undefined;
    },
  },
  issued: {
    personal: false,
    suffices: false,
    reasons: ['future', 'before-cards', 'before-birth'],
    range: (_, { today, terms }) => ({ from: terms.firstIssuedOn, until: today, likely: yearsLater(today, -5) }),
    refuse(on, answers, { today, terms }) {
      if (on > today) return 'future';
      if (on < terms.firstIssuedOn) return 'before-cards';
      return isPlainDate(answers.birthday) && on < answers.birthday ? 'before-birth' : undefined;
    },
  },
  cardExpires: {
    personal: false,
    suffices: false,
    reasons: ['too-near', 'too-far', 'not-birthday', 'not-this-age'],
    range: (answers, { today, terms }) => ({
      from: terms.firstIssuedOn,
      until: yearsLater(today, 11),
      likely: likelyBirthday(answers, today),
    }),
    refuse(on, { birthday }, { today, terms }) {
      if (on > yearsLater(today, 11)) return 'too-far';
      if (!isPlainDate(birthday)) return on < nthBirthdayAfter(on, terms.firstIssuedOn, 5) ? 'too-near' : undefined;
      if (on !== birthdayIn(Number(on.slice(0, 4)), birthday)) return 'not-birthday';
      const holder = cardholderAt(on, birthday);
      const birthdays = holder === 'minor' ? 5 : 10;
      // No card is older than the first, so none can have ended before that many birthdays after it.
      if (on < nthBirthdayAfter(birthday, terms.firstIssuedOn, birthdays)) return 'too-near';
      return holder === undefined ? 'not-this-age' : undefined;
    },
  },
  certificateExpires: {
    personal: false,
    suffices: true,
    reasons: ['before-cards', 'too-far'],
    range: (answers, { today, terms }) => ({
      from: terms.firstIssuedOn,
      until: yearsLater(today, 6),
      likely: likelyBirthday(answers, today),
    }),
    refuse(on, _, { today, terms }) {
      if (on < terms.firstIssuedOn) return 'before-cards';
      return on > yearsLater(today, 6) ? 'too-far' : undefined;
    },
  },
  visit: {
    ...dayAhead,
    suggest: ({ from, until, count }, { renewableFrom }, world) => {
      const soonest = isPlainDate(renewableFrom) ? later(from, renewableFrom) : from;
      return possibleDays(soonest, count, world).filter((on) => on <= until);
    },
  },
  neededOn: {
    ...dayAhead,
    suggest: () => [],
  },
};

function yearsLater(on: PlainDate, years: number): PlainDate {
  return addMonthsClamped(on, years * 12);
}

/** Cards and certificates end on birthdays, so the picker opens on the one five years ahead: close whatever the year. */
function likelyBirthday({ birthday }: Answers, today: PlainDate): PlainDate {
  const inFiveYears = yearsLater(today, 5);
  return isPlainDate(birthday) ? birthdayIn(Number(inFiveYears.slice(0, 4)), birthday) : inFiveYears;
}
