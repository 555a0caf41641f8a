/** Whether a service works again by the day on which it is needed, and if not, when the visit would have to be. */
import { lastOpenDayUntil } from './calendar.ts';
import { addDays, dayOf, isMoment, type Moment, type PlainDate } from './dates.ts';
import { insuranceUsableUntil } from './insurance.ts';
import { worksFrom } from './lead-times.ts';
import { renewableFrom } from './renewal.ts';
import { type RenewalTerms, windowOn } from './renewal-terms.ts';
import type { FactKind, Facts, RuleWorld } from './rule.ts';
import { type Plan, possibleDays, soonestAt } from './visit-facts.ts';

type World = RuleWorld<RenewalTerms>;

export const needKinds: Readonly<Record<string, FactKind>> = {
  needInTime: ['yes', 'before-visit', 'same-day', 'no'],
  needFrom: 'date',
  needVisitAt: 'moment',
  needVisit: ['possible', 'impossible'],
  needVisitUntil: 'date',
};

export interface Need {
  /** A service of the table, or one for which the page names no waiting (e-Tax and the like): that works once the certificate is there. */
  readonly service: string;
  readonly on: Plan;
}

/** When the resident means to come, or could come at the soonest. */
export interface Visit {
  readonly at: Moment;
  readonly isPlanned: boolean;
}

export function needFacts(
  need: Need,
  { visit: { at: visit, isPlanned }, expiresOn }: { visit: Visit; expiresOn: PlainDate },
  world: World,
): Facts {
  const worked = worksAsItIs(need, expiresOn, world) && (!isPlanned || dayOf(need.on) < dayOf(visit));
  const from = worksAfter(need.service, visit, { expiresOn, world });
  const needInTime = worked ? 'before-visit' : inTime(from, need.on);
  // Whoever would be in time by a hair is told of a day with more room.
  const enough = needInTime === 'same-day' ? ['yes'] : ['yes', 'same-day'];
  const last = lastVisit(need, expiresOn, { world, enough });
  return {
    needInTime,
    needFrom: from,
    needVisitAt: visit,
    needVisit: last === undefined ? 'impossible' : 'possible',
    ...(last !== undefined && { needVisitUntil: last }),
  };
}

/** With the old certificate, as long as no visit has ended it. The insurance card goes on for some months after the expiry. */
function worksAsItIs({ service, on }: Need, expiresOn: PlainDate, { terms }: World): boolean {
  const until = service === 'insurance' ? insuranceUsableUntil(expiresOn, terms.insurance) : expiresOn;
  return dayOf(on) <= until;
}

function worksAfter(
  service: string,
  visit: Moment,
  { expiresOn, world }: { expiresOn: PlainDate; world: World },
): Moment | PlainDate {
  const row = world.terms.leadTimes[dayOf(visit) > expiresOn ? 'issue' : 'renewal'];
  // Whoever is not registered yet waits longer: the promise holds for them, too.
  const lead = row[`${service}Unregistered`] ?? row[service];
  return lead === undefined ? visit : worksFrom(lead, visit);
}

/** Where no time is known on either side, the day itself is called close. */
function inTime(from: Moment | PlainDate, needed: Plan): 'yes' | 'same-day' | 'no' {
  if (dayOf(from) !== dayOf(needed)) return dayOf(from) < dayOf(needed) ? 'yes' : 'no';
  if (!isMoment(from) || !isMoment(needed)) return 'same-day';
  return from <= needed ? 'yes' : 'no';
}

/** The last open day on which a visit at the opening, or today now, comes in time; undefined: none is left. */
function lastVisit(
  { service, on }: Need,
  expiresOn: PlainDate,
  { world, enough }: { world: World; enough: readonly string[] },
): PlainDate | undefined {
  const { calendar, terms, today } = world;
  const [first] = possibleDays(renewableFrom(expiresOn, windowOn(terms, today)), 1, world);
  let day = lastOpenDayUntil(calendar, dayOf(on));
  while (first !== undefined && day >= first) {
    const visit = soonestAt(day, world);
    if (visit !== undefined && enough.includes(inTime(worksAfter(service, visit, { expiresOn, world }), on)))
      return day;
    day = lastOpenDayUntil(calendar, addDays(day, -1));
  }
  return undefined;
}
