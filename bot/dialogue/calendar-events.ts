/** Entries for a calendar, in words. Nothing in them says whose they are. */
import { calendarDays } from './calendar-days.ts';
import type { Situation } from './situation.ts';
import type { CalendarEvent } from './types.ts';
import { factsOf, fill, variantOf } from './words.ts';

export function calendarEvents(situation: Situation): CalendarEvent[] {
  const { flow, language } = situation;
  const facts = factsOf(situation);
  return calendarDays(situation).flatMap(({ text, on }) => {
    const template = variantOf(language.texts.get(`${flow?.id}.${text}`), facts)?.text;
    if (!template) return [];
    const [title = '', ...description] = fill(template, facts, language).trim().split('\n');
    const place = [facts.place, facts.address].filter((part) => part !== undefined).join(' ');
    return [{ on, title, description: description.join('\n'), place }];
  });
}
