/** 「最初から」「職員に相談」…: what each command does, the same in every flow. */
import { calendarEvents } from './calendar-events.ts';
import type { CommonText } from './common-texts.ts';
import { familyTable } from './family.ts';
import { askAbout, hasTicket, leaveMessage, waitOn } from './handoff.ts';
import { leaveDesk, rate } from './handoff-end.ts';
import { fits } from './journey.ts';
import { aboutWhom, aside, carryOn, closing, datesFirst, type Response, showTopics, withoutWish } from './proceed.ts';
import { questionText } from './question-text.ts';
import { reminderCommands } from './respond-reminder.ts';
import { lead, text } from './say-text.ts';
import { begunAgain, begunAnew, newSession } from './session.ts';
import { type Situation, situationOf } from './situation.ts';
import type { Command, DeskEvent, PersonAction, Say } from './types.ts';

/** 「戻る」 is understood as `revisit`. */
export type PlainCommand = Exclude<Command, 'back'>;

export function respondToCommand(command: PlainCommand, situation: Situation): Response {
  return commandResponses[command](situation);
}

const commandResponses: Readonly<Record<PlainCommand, (situation: Situation) => Response>> = {
  'start-over'({ session, flow, world }) {
    if (!flow) return showTopics(begunAgain(session), []);
    const before = situationOf({ ...begunAgain(session), flow: flow.id }, world);
    return carryOn(before.session, {
      before,
      first: [lead('common.started-over'), ...aboutWhom(session)],
      wording: 'full',
    });
  },
  human,
  wait: human,
  'leave-message': (situation) => (hasTicket(situation.session) ? leaveMessage(situation) : human(situation)),
  leave: (situation) => {
    const { handoff } = situation.session;
    if (handoff && handoff.stage !== 'over') return leaveDesk(situation);
    return withoutWish(situation) ?? ended(situation);
  },
  helped: (situation) => rate(true, situation) ?? thanks(situation),
  'not-helped': (situation) => rate(false, situation) ?? sayAlone('common.human', situation),
  language: ({ session, world }) => ({
    session: {
      ...session,
      offered: { actions: [...world.library.languages.keys()].map((language) => ({ kind: 'language', language })) },
    },
    says: [{ kind: 'languages' }],
  }),
  forget: forgotten,
  why,
  family,
  everybody: tableOf,
  ...reminderCommands,
  calendar,
  menu: ({ session }) => showTopics(session, []),
  hello: (situation) =>
    situation.journey?.open
      ? carryOn(situation.session, { before: situation, first: [lead('common.hello'), lead('common.continue')] })
      : showTopics(situation.session, [], 'common.greeting'),
  thanks,
};

/** For whom, too? */
function family(situation: Situation): Response {
  const { session, language } = situation;
  const people = [...language.words.people.keys()].filter((person) => person !== session.person);
  const actions: PersonAction[] = people.map((person) => ({ kind: 'person', person }));
  return {
    session: { ...session, asked: null, offered: { actions } },
    says: [{ kind: 'people', key: 'common.whose-too', actions }],
  };
}

/** Everybody's dates, and one visit for all. */
function tableOf(situation: Situation): Response {
  const says = familyTable(situation);
  return says.length === 0 ? family(situation) : aside(situation.session, says, situation);
}

/** The days for the resident's own calendar, behind links that nobody can guess. */
function calendar(situation: Situation): Response {
  const { session, world, journey } = situation;
  const events = calendarEvents(situation);
  const { links } = world;
  if (!links) return aside(session, [text('common.calendar-off')], situation);
  if (journey?.open && journey.tells.length === 0)
    return carryOn(session, { before: situation, first: [lead('common.dates-first')] });
  if (!journey?.tells.length) return datesFirst(situation, ({ calendar: days }) => days.length > 0);
  if (events.length === 0) return aside(session, [text('common.calendar-none')], situation);
  const token = links.newToken;
  const rows = events.map(({ on, title }, index) => ({
    line: 'common.calendar-line',
    facts: { on, title, link: links.entry(token, index) },
  }));
  const facts = { calendarFile: links.file(token) };
  const said = aside(session, [{ kind: 'list', key: 'common.calendar', rows, facts }], situation);
  return { ...said, calendar: { token, events } };
}

/** Why a question is asked, or why the answer is what it is. */
function why(situation: Situation): Response {
  const { session, flow, journey, language } = situation;
  const { open } = journey ?? {};
  if (open) {
    const words = questionText(language, open);
    if (words?.why === undefined) return sayAlone('common.human', situation);
    const { flow: id, slot } = open;
    const first: Say[] = [{ kind: 'why-asked', flow: id, slot }];
    return carryOn(session, { before: situation, first, wording: 'again' });
  }
  const reasons = flow?.why.filter(({ when }) => fits(when, journey?.facts ?? {})) ?? [];
  if (!flow || reasons.length === 0) return showTopics(session, []);
  return showTopics(
    session,
    reasons.map((reason) => text(`${flow.id}.${reason.text}`)),
    closing(situation),
  );
}

/** Whoever has a ticket already goes on with that one. */
function human(situation: Situation): Response {
  if (hasTicket(situation.session)) return waitOn(situation);
  return askAbout(situation) ?? sayAlone('common.human', situation);
}

function thanks(situation: Situation): Response {
  const goesOn = situation.journey?.open !== undefined;
  const said = lead('common.thanks', { goesOn: goesOn ? 'yes' : 'no' });
  const first = goesOn ? [said, lead('common.continue')] : [said];
  return carryOn(situation.session, { before: situation, first, quiet: true });
}

/** 「終わります」: the talk is over. What was promised for later still holds. */
function ended(situation: Situation): Response {
  const { session } = situation;
  if (session.reminders.length === 0) return forgotten(situation);
  return showTopics(begunAnew(session), [lead('common.forgotten', { reminders: 'kept' })]);
}

/** Here, and at the help desk. */
function forgotten({ session, world }: Situation): Response {
  // Whatever is kept of the resident at the desk, open or closed.
  const desk: DeskEvent[] = world.desk ? [{ kind: 'erased', ticket: session.handoff?.ticket ?? '' }] : [];
  const reminders = session.reminders.length > 0 ? 'yes' : 'no';
  return { ...showTopics(newSession(session.language), [lead('common.forgotten', { reminders })]), desk };
}

/** Said in a bubble of its own; an open question comes back after it. */
function sayAlone(key: CommonText, situation: Situation): Response {
  const session = { ...situation.session, misses: 0 };
  return situation.journey?.open ? aside(session, [text(key)], situation) : { session, says: [text(key)] };
}
