/**
 * The renewal rule as flows use it: answers in, named facts out. The regulation itself is in `renewal.ts` and `card.ts`;
 * here is only which of its clauses the answers at hand call for.
 */
import { cardholderAt, firstCertificateExpiry, isMinorsCard } from './card.ts';
import { isMoment, isPlainDate, type PlainDate } from './dates.ts';
import { needFacts, needKinds } from './need-facts.ts';
import {
  certificateExpiry,
  expiryIfHandedOver,
  nthBirthdayAfter,
  renewableFrom,
  sixthBirthdayMatters,
} from './renewal.ts';
import { renewalSlots } from './renewal-slots.ts';
import { type RenewalTerms, windowOn } from './renewal-terms.ts';
import type { Answers, Facts, Rule, RuleWorld } from './rule.ts';
import { timingFacts, timingKinds } from './timing-facts.ts';
import { together, togetherKinds } from './together.ts';
import { isDay, visitFacts, visitKinds } from './visit-facts.ts';

type World = RuleWorld<RenewalTerms>;

export const renewalRule: Rule<RenewalTerms> = {
  slots: renewalSlots,
  datePair: ['birthday', 'issued'],
  about: { renewedEarly: 'issued', renewedBefore: 'cardExpires', neededOn: 'need' },
  factKinds: {
    sixthMatters: ['yes', 'no'],
    printedDateNeeded: ['yes', 'no'],
    renewedMatters: ['yes', 'no'],
    basis: ['issue-date', 'card', 'box'],
    procedure: ['certificate', 'card', 'unknown'],
    holder: ['adult', 'minor', 'unknown'],
    leapDay: ['yes', 'no'],
    handover: ['yes', 'no'],
    handoverExpiresOn: 'date',
    birthday1: 'date',
    birthday2: 'date',
    birthday3: 'date',
    birthday4: 'date',
    birthday5: 'date',
    cardMayEndFirst: ['yes', 'no'],
    ifRenewedExpiresOn: 'date',
    maybeBox: ['yes', 'no'],
    visitorMatters: ['yes', 'no'],
    ...timingKinds,
    ...visitKinds,
    ...needKinds,
    ...togetherKinds,
  },
  facts(answers, world) {
    const facts = whenItEnds(answers, world);
    return facts.procedure === 'certificate' ? { ...facts, ...planned(answers, facts, world) } : facts;
  },
  together,
  keeps({ expiresOn, renewableFrom: from, status, procedure }) {
    if (!isPlainDate(expiresOn) || !isPlainDate(from) || status === 'expired') return undefined;
    // 「電子証明書の有効期限」 answers everything; with the card ending on the same day it is a new card.
    const card = procedure === 'card' ? { cardExpires: expiresOn } : {};
    return { answers: { certificateExpires: expiresOn, ...card }, from, until: expiresOn };
  },
};

function whenItEnds(answers: Answers, world: World): Facts {
  if (isPlainDate(answers.certificateExpires)) return byBox(answers.certificateExpires, answers, world);
  const route = isPlainDate(answers.birthday) && isPlainDate(answers.issued) ? byIssueDate : byPrintedDate;
  return route(answers, world);
}

/** The visit that the resident plans, and what the certificate is needed for. */
function planned(
  { visit: plan, need, neededOn }: Answers,
  { expiresOn, visitAt, visitSoon }: Facts,
  world: World,
): Facts {
  if (!isPlainDate(expiresOn) || !isMoment(visitAt)) return {};
  const facts = visitFacts(expiresOn, isDay(plan) ? plan : undefined, world);
  const isPlanned = isMoment(facts.planAt);
  const visit = { at: isMoment(facts.planAt) ? facts.planAt : visitAt, isPlanned };
  return {
    ...facts,
    visitorMatters: yesNo(visitSoon === 'yes' || facts.plan === 'possible'),
    ...(need !== undefined &&
      isDay(neededOn) &&
      needFacts({ service: need, on: neededOn }, { visit, expiresOn }, world)),
  };
}

/** 「電子証明書の有効期限」 is written down: that date answers everything. */
function byBox(expiresOn: PlainDate, { cardExpires, birthday }: Answers, world: World): Facts {
  const card = isPlainDate(cardExpires) ? cardExpires : undefined;
  return {
    sixthMatters: 'no',
    printedDateNeeded: 'no',
    basis: 'box',
    procedure: card === expiresOn ? 'card' : 'certificate',
    holder: card && isPlainDate(birthday) ? (cardholderAt(card, birthday) ?? 'unknown') : 'unknown',
    leapDay: 'no',
    // The box is filled in on a birthday, so the date itself stands for it.
    cardMayEndFirst: yesNo(card === undefined && oldestCardMayHaveEnded(expiresOn, expiresOn, world)),
    ...timingFacts(expiresOn, world),
  };
}

/** Whether the oldest card there can be has ended by the certificate's end, or by today if that is past. */
function oldestCardMayHaveEnded(birthday: PlainDate, expiresOn: PlainDate, { today, terms }: World): boolean {
  return (today > expiresOn ? today : expiresOn) >= nthBirthdayAfter(birthday, terms.firstIssuedOn, 10);
}

/** Birthday and issue date are known: 第13条・第49条 as they stand. */
function byIssueDate(answers: Answers, world: World): Facts {
  const certificate = { birthday: date(answers.birthday), issuedOn: date(answers.issued) };
  const { terms } = world;
  const minor = isMinorsCard(certificate.birthday, certificate.issuedOn);
  const sixthMatters =
    !minor && sixthBirthdayMatters(certificate, windowOn(terms, certificate.issuedOn), terms.firstIssuedOn);
  const asked = { sixthMatters: yesNo(sixthMatters), printedDateNeeded: 'no' };
  if (sixthMatters && answers.renewedEarly === undefined) return asked;

  const renewedEarly = sixthMatters && answers.renewedEarly === 'yes';
  const card = isPlainDate(answers.cardExpires) ? { cardExpiresOn: answers.cardExpires } : {};
  const expiresOn = certificateExpiry({ ...certificate, renewedEarly, ...card });
  const endsWithCard = expiresOn === answers.cardExpires;
  const handedOver = sixthMatters ? undefined : expiryIfHandedOver(certificate, terms.handoverDays);
  return {
    ...asked,
    ...timingFacts(expiresOn, world),
    basis: 'issue-date',
    ...countedBirthdays(certificate),
    // Renewed in time once, a certificate outlives no card: the two end together (see sixthBirthdayMatters).
    procedure: minor || renewedEarly || endsWithCard ? 'card' : 'certificate',
    holder: minor ? 'minor' : 'adult',
    leapDay: yesNo(bornOnLeapDay(certificate.birthday)),
    handover: yesNo(handedOver !== undefined && !endsWithCard),
    ...(handedOver && { handoverExpiresOn: handedOver }),
    ...(answers.renewedEarly === 'unknown' && {
      ifRenewedExpiresOn: certificateExpiry({ ...certificate, renewedEarly: true }),
    }),
    cardMayEndFirst: yesNo(
      !minor && !isPlainDate(answers.cardExpires) && oldestCardMayHaveEnded(certificate.birthday, expiresOn, world),
    ),
  };
}

/** 「発行の日後の…五回目の誕生日」, counted one by one. */
function countedBirthdays({ birthday, issuedOn }: { birthday: PlainDate; issuedOn: PlainDate }): Facts {
  return Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`birthday${n}`, nthBirthdayAfter(birthday, issuedOn, n)]));
}

/** 「わからない」: the card's printed expiry. */
function byPrintedDate(answers: Answers, world: World): Facts {
  if (answers.birthday === undefined) return {};
  if (answers.birthday !== 'unknown' && answers.issued === undefined) return {};
  const asked = { sixthMatters: 'no', printedDateNeeded: 'yes' };
  const { cardExpires, certificateExpires, birthday } = answers;
  const leapDay = yesNo([birthday, cardExpires].some((on) => isPlainDate(on) && bornOnLeapDay(on)));
  if (isPlainDate(cardExpires))
    return { ...asked, basis: 'card', leapDay, ...byCardExpiry(cardExpires, answers, world) };
  if (cardExpires === 'unknown' && certificateExpires === 'unknown') {
    return { ...asked, status: 'unknown', procedure: 'unknown', holder: 'unknown', visitSoon: 'no' };
  }
  return asked;
}

function byCardExpiry(cardExpires: PlainDate, answers: Answers, world: World): Facts {
  const birthday = isPlainDate(answers.birthday) ? answers.birthday : undefined;
  const holder = birthday === undefined ? 'unknown' : (cardholderAt(cardExpires, birthday) ?? 'unknown');
  const withCard = { renewedMatters: 'no', procedure: 'card', holder, ...timingFacts(cardExpires, world) };
  if (holder === 'minor' || world.today > cardExpires) return withCard;

  const first = firstCertificateExpiry(cardExpires, birthday);
  const mayBeRenewed = world.today >= renewableFrom(first, windowOn(world.terms, world.today));
  const renewedMatters = yesNo(mayBeRenewed);
  if (!mayBeRenewed) return { renewedMatters, procedure: 'certificate', holder, ...timingFacts(first, world) };
  if (answers.renewedBefore === undefined) return { renewedMatters };
  if (answers.renewedBefore === 'yes') return { ...withCard, renewedMatters };
  return {
    renewedMatters,
    procedure: 'certificate',
    holder,
    ...(answers.renewedBefore === 'unknown' && { ifRenewedExpiresOn: cardExpires }),
    // A card about to end whose certificate ended years ago: more likely the certificate's date was read for the card's.
    maybeBox: yesNo(world.today > first),
    ...timingFacts(first, world),
  };
}

function bornOnLeapDay(birthday: PlainDate): boolean {
  return birthday.endsWith('-02-29');
}

function yesNo(value: boolean): 'yes' | 'no' {
  return value ? 'yes' : 'no';
}

function date(answer: string | undefined): PlainDate {
  if (!isPlainDate(answer)) throw new Error('the route by issue date is taken only when both dates are known');
  return answer;
}
