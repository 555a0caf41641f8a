/** Texts and facts → sentences. */
import type { Facts } from '../rules/rule.ts';
import type { CommonText } from './common-texts.ts';
import { talkFacts } from './family.ts';
import { formatFact } from './formats.ts';
import { fits } from './journey.ts';
import type { CardText, Language, Library, Template, Text, Variant } from './library.ts';
import type { Situation } from './situation.ts';
import { fillTemplate } from './template.ts';
import type { Card } from './types.ts';

/** Everything a text may name: the office, counter and help desk at this minute, the answers and what the rule worked out. */
export function factsOf(situation: Situation): Facts {
  const { world, journey, language } = situation;
  const { library, now, desk } = world;
  return {
    ...talkFacts(situation),
    ...library.officeFacts,
    ...language.officeFacts,
    ...library.factsNow(now),
    ...(desk && library.desk?.factsNow(now)),
    ...journey?.facts,
  };
}

/** The first variant whose conditions fit. */
export function variantOf(text: Text | undefined, facts: Facts): Variant | undefined {
  return text?.find((variant) => fits(variant.when, facts));
}

/** The sentence for these facts. A name that is no fact is a phrase: a piece of a sentence with variants of its own. */
export function fill(template: Template, facts: Facts, language: Language): string {
  return fillTemplate(template, ({ name, format }) => {
    const fact = facts[name];
    if (fact !== undefined) return formatFact(fact, language.dates, format);
    const phrase = variantOf(language.phrases.get(name), facts)?.text;
    return phrase ? fill(phrase, facts, language) : '';
  });
}

export function fillCard(card: CardText, facts: Facts, language: Language): Card {
  return {
    tone: card.tone,
    title: fill(card.title, facts, language),
    rows: card.rows
      .map(({ label, value }) => ({ label, value: fill(value, facts, language).replace(/ +$/gm, '') }))
      .filter(({ value }) => value !== ''),
    note: card.note ? fill(card.note, facts, language) : '',
    alt: fill(card.alt, facts, language),
  };
}

/** A sentence for whoever may be reading, in each language once. */
export function inEveryLanguage(key: CommonText, { languages, officeFacts }: Library): string {
  const sentences = [...languages.values()].map((language) => {
    const text = variantOf(language.texts.get(key), officeFacts)?.text;
    return text ? fill(text, { ...officeFacts, ...language.officeFacts }, language).trim() : '';
  });
  return [...new Set(sentences)].join('\n');
}

/** All the words of a text, to tell whether it says something new. */
export function wordsOf(key: string, facts: Facts, language: Language): string {
  const variant = variantOf(language.texts.get(key), facts);
  if (!variant) return '';
  const text = variant.text ? fill(variant.text, facts, language) : '';
  return variant.card ? `${text}\n${JSON.stringify(fillCard(variant.card, facts, language))}` : text;
}
