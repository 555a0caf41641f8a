/** `flows/` and `content/` → the library, or every problem in them at once. */
import type { BoundRule, Language, Library } from '../dialogue/library.ts';
import { spokenAmong } from '../dialogue/spoken.ts';
import type { Now } from '../dialogue/types.ts';
import { isOpenOn } from '../rules/calendar.ts';
import { type RuleName, rules } from '../rules/index.ts';
import { officeFacts } from '../rules/office-facts.ts';
import type { Days, Facts, Rule, RuleWorld } from '../rules/rule.ts';
import { checkFiles } from './check.ts';
import { buildLanguage } from './content.ts';
import { type Files, mainLanguage, readFiles } from './files.ts';
import { buildFlow } from './flow.ts';
import type { Problem } from './problem.ts';
import { buildCalendar, buildDesk, buildRenewalTerms } from './terms.ts';
import { readTexts, type Texts } from './texts.ts';

export type Loaded =
  | { readonly ok: true; readonly library: Library; readonly files: Files }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Of texts at hand, or of the folders `flows/` and `content/` under a root. A library is only made of files without a problem. */
export function loadLibrary(from: string | Texts): Loaded {
  const problems: Problem[] = [];
  const files = readFiles(typeof from === 'string' ? readTexts(from) : from, problems);
  if (files) problems.push(...checkFiles(files));
  return files && problems.length === 0 ? { ok: true, library: build(files), files } : { ok: false, problems };
}

/** What staff speak, and residents who have chosen nothing else. */
export function mainLanguageOf({ languages }: Library): Language {
  const spoken = languages.get(mainLanguage);
  if (!spoken) throw new Error('a library speaks its main language: the loader refuses to start without');
  return spoken;
}

function build(files: Files): Library {
  const calendar = buildCalendar(files.calendar.value);
  const desk = files.helpdesk && buildDesk(files.helpdesk.value, calendar);
  const terms = { renewal: buildRenewalTerms(files.renewal.value) };
  const bound: Readonly<Record<RuleName, BoundRule>> = {
    renewal: bind(rules.renewal, { calendar, terms: terms.renewal }),
  };
  const ruleOf = (name: string | undefined) => (name === undefined ? undefined : bound[name as RuleName]);
  const [main] = files.languages;
  if (!main) throw new Error('files are read only with their main language');
  const languages = new Map(files.languages.map((each) => [each.language, buildLanguage(each, files.flows, main)]));
  return {
    flows: new Map(files.flows.map((file) => [file.id, buildFlow(file, ruleOf(file.value.uses))])),
    languages,
    spokenIn: spokenAmong(() => languages.values()),
    timezone: files.office.value.timezone,
    officeFacts: files.office.value.facts,
    openingsFrom: (from) =>
      calendar.extraOpenings.flatMap(({ on, hours }) => {
        const [first, last] = [hours[0], hours.at(-1)];
        return on >= from && first && last && isOpenOn(calendar, on)
          ? [{ on, opens: first.opens, closes: last.closes }]
          : [];
      }),
    factsNow: ({ today, time }) => officeFacts(calendar, today, time),
    desk,
  };
}

/**
 * A turn looks at the same answers several times (before, after, for the words). It has a `Now` of its own, so what is remembered under
 * it is gone with the turn: no resident's dates are kept.
 */
function oncePerTurn(work: BoundRule['facts']): BoundRule['facts'] {
  const turns = new WeakMap<Now, Map<string, Facts>>();
  return (answers, now) => {
    const known = turns.get(now) ?? new Map<string, Facts>();
    turns.set(now, known);
    const key = JSON.stringify(answers);
    const facts = known.get(key) ?? work(answers, now);
    known.set(key, facts);
    return facts;
  };
}

/** The rule with everything but the day in its hands. */
function bind<Terms>(rule: Rule<Terms>, fixed: Omit<RuleWorld<Terms>, 'today' | 'time'>): BoundRule {
  return {
    factKinds: rule.factKinds,
    datePair: rule.datePair,
    about: rule.about ?? {},
    slots: Object.fromEntries(
      Object.entries(rule.slots).map(([name, slot]) => [
        name,
        {
          personal: slot.personal,
          suffices: slot.suffices,
          reasons: slot.reasons,
          range: (answers, now) => slot.range(answers, { ...fixed, ...now }),
          refuse: (on, answers, now) => slot.refuse(on, answers, { ...fixed, ...now }),
          ...(slot.suggest && {
            suggest: (among: Days, facts: Facts, now: Now) => slot.suggest?.(among, facts, { ...fixed, ...now }) ?? [],
          }),
        },
      ]),
    ),
    together: rule.together,
    keeps: rule.keeps,
    facts: oncePerTurn((answers, now) => rule.facts(answers, { ...fixed, ...now })),
  };
}
