/** `flows/` and `content/` → the library, or every problem in them at once. */
import type { BoundRule, Library } from '../dialogue/library.ts';
import { type RuleName, rules } from '../rules/index.ts';
import { officeFacts } from '../rules/office-facts.ts';
import type { Rule, RuleWorld } from '../rules/rule.ts';
import { checkFiles } from './check.ts';
import { buildLanguage } from './content.ts';
import { type Files, readFiles } from './files.ts';
import { buildFlow } from './flow.ts';
import type { Problem } from './problem.ts';
import { buildCalendar, buildRenewalTerms } from './terms.ts';

export type Loaded =
  | { readonly ok: true; readonly library: Library }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads the folders `flows/` and `content/` under `root`. A library is only made of files without a problem. */
export function loadLibrary(root: string): Loaded {
  const problems: Problem[] = [];
  const files = readFiles(root, problems);
  if (files) problems.push(...checkFiles(files));
  return files && problems.length === 0 ? { ok: true, library: build(files) } : { ok: false, problems };
}

function build(files: Files): Library {
  const calendar = buildCalendar(files.calendar.value);
  const terms = { renewal: buildRenewalTerms(files.renewal.value) };
  const bound: Readonly<Record<RuleName, BoundRule>> = {
    renewal: bind(rules.renewal, { calendar, terms: terms.renewal }),
  };
  const ruleOf = (name: string | undefined) => (name === undefined ? undefined : bound[name as RuleName]);
  return {
    flows: new Map(files.flows.map((file) => [file.id, buildFlow(file, ruleOf(file.value.uses))])),
    languages: new Map(files.languages.map((language) => [language.language, buildLanguage(language, files.flows)])),
    timezone: files.office.value.timezone,
    officeFacts: files.office.value.facts,
    factsNow: ({ today, time }) => officeFacts(calendar, today, time),
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
        },
      ]),
    ),
    facts: (answers, now) => rule.facts(answers, { ...fixed, ...now }),
  };
}
