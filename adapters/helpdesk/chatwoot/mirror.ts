/**
 * The tickets, shown in Chatwoot: what is said comes to stand there in order, and once. Tickets are kept here as ever, so that a Chatwoot
 * that is away holds up no resident; whoever was interrupted goes on where it stopped.
 */
import { createHash } from 'node:crypto';
import type { Log, StaffDelivery } from '../../../bot/ports.ts';
import type { Records } from '../../records.ts';
import type { OwnDesk } from '../desk.ts';
import { every, type Looking } from '../every.ts';
import { inTurn, type Job } from '../job.ts';
import type { Ticket } from '../ticket.ts';
import { wordsOf } from '../words.ts';
import { type ChatwootApi, type ChatwootContact, isGone, isRefusal } from './api.ts';

/** What stands in Chatwoot of a ticket. */
export interface Mirrored {
  readonly contact: ChatwootContact | null;
  readonly conversation: number | null;
  /** Chatwoot's messages, by entry: the summary is one of them. */
  readonly messages: Readonly<Record<string, number>>;
  /** The entry on its way: it may have arrived though nobody heard so. */
  readonly sending: { readonly id: string; readonly print: string } | null;
  /** What Chatwoot was told of its agents' words. */
  readonly fates: Readonly<Record<string, StaffDelivery>>;
  readonly isOver: boolean;
  /** Nothing stands there any more. */
  readonly isGone: boolean;
}

export interface MirrorParts {
  readonly desk: OwnDesk;
  readonly mirrored: Records<Job<Mirrored>>;
  readonly api: ChatwootApi;
  readonly summarise: (ticket: Pick<Ticket, 'facts' | 'asked'>) => readonly string[];
  readonly now: () => number;
  readonly log: Log;
}

const lookMs = 1_000;
/** Where nothing has changed, what failed is tried again with this. */
const anywayMs = 30_000;
/** Residents and agents wait: they are not left alone for long. */
const longestPauseMs = 30_000;
/** Longer than any ticket: what is gone here has to go there. */
const lifeMs = 200 * 86_400_000;

const empty: Mirrored = {
  contact: null,
  conversation: null,
  messages: {},
  sending: null,
  fates: {},
  isOver: false,
  isGone: false,
};

/** Agents' words have come from there. */
const fromChatwoot = 'staff chatwoot-';
/** Another summary takes the place of the one before. */
const summaryId = (text: string) => `summary ${printOf(text).slice(0, 8)}`;

/** What agents read beside their words. */
const fateTexts: Readonly<Partial<Record<StaffDelivery, string>>> = {
  over: '相手がお話を終えていました。届いていません。',
  quota: '今月のメッセージ数の上限です。届いていません。お電話をご案内ください。',
  failed: 'LINE が受け付けませんでした。届いていません。',
};

const endings: Readonly<Record<string, string>> = {
  left: 'ご本人がお話を終えました。',
  lapsed: '時間がたち、ボットの案内に戻りました。',
  silent: 'お返事がないので、お話を終えました。',
};

export function chatwootMirror({ desk, mirrored, api, summarise, now, log }: MirrorParts): Looking {
  const turns = { records: mirrored, empty, lifeMs, now, longestPauseMs };
  let seen = { changes: -1, at: 0 };

  async function look(): Promise<void> {
    const changes = await desk.changes();
    if (changes === seen.changes && now() - seen.at < anywayMs) return;
    seen = { changes, at: now() };
    // In this order: what is there already must be among the tickets, too, or it is gone.
    const known = await mirrored.ids();
    const tickets = new Map((await desk.all()).map((ticket) => [ticket.id, ticket]));
    for (const id of new Set([...tickets.keys(), ...known])) {
      const ticket = tickets.get(id);
      await (ticket ? show(ticket) : forget(id)).catch((error: Error & { code?: string }) =>
        log[isRefusal(error) ? 'error' : 'warn'](
          { reason: error.code ?? error.name },
          'help desk: Chatwoot could not be told',
        ),
      );
    }
  }

  function show(ticket: Ticket): Promise<void> {
    return inTurn(turns, ticket.id, {
      isDue: (state) => isBehind(ticket, state),
      async work(state, keep) {
        // As it is now: another process may have brought it further since it was looked at.
        const current = await desk.find(ticket.id);
        if (current) await bringUpToDate(current, state, keep);
      },
    });
  }

  async function bringUpToDate(
    ticket: Ticket,
    before: Mirrored,
    keep: (state: Mirrored) => Promise<void>,
  ): Promise<void> {
    let state = before;
    const keeping = async (changed: Partial<Mirrored>) => {
      state = { ...state, ...changed };
      await keep(state);
    };
    const contact = state.contact ?? (await api.contact(ticket.id));
    await keeping({ contact });
    const conversation = state.conversation ?? (await api.conversation(contact, ticket.id));
    await keeping({ conversation });

    if (state.sending && !wanted(ticket).some(({ id }) => id === state.sending?.id)) {
      const arrived = await lost(conversation, state);
      if (arrived !== undefined) await api.unsay(conversation, arrived);
      await keeping({ sending: null });
    }
    for (const { id, text, from } of unsaid(ticket, state)) {
      const arrived = state.sending?.id === id ? await lost(conversation, state) : undefined;
      if (arrived === undefined) await keeping({ sending: { id, print: printOf(text) } });
      const message = arrived ?? (await api.say(conversation, { text, from }).catch(anew));
      await keeping({ messages: { ...state.messages, [id]: message }, sending: null });
    }
    for (const [id, message] of unsent(ticket, state)) {
      await api.unsay(conversation, message);
      const { [id]: _, ...messages } = state.messages;
      await keeping({ messages });
    }
    for (const { id, delivery } of unreported(ticket, state)) {
      await unlessGone(api.delivered(conversation, Number(id.slice(fromChatwoot.length)), fateTexts[delivery]));
      await keeping({ fates: { ...state.fates, [id]: delivery } });
    }
    if (ticket.closed && !state.isOver) {
      await unlessGone(api.resolve(conversation));
      await keeping({ isOver: true });
    }

    /** Somebody deleted the conversation there: the next try makes another. */
    async function anew(error: unknown): Promise<never> {
      if (isGone(error)) await keeping({ contact: null, conversation: null, messages: {}, sending: null });
      throw error;
    }
  }

  /** What was being said when nobody heard whether it arrived: it stands among the latest, and nobody knows it yet. */
  async function lost(conversation: number, { messages, sending }: Mirrored): Promise<number | undefined> {
    const known = new Set(Object.values(messages));
    const latest = await api.latest(conversation);
    return latest.find(({ id, content }) => printOf(content) === sending?.print && !known.has(id))?.id;
  }

  /** Erased, or its days are over. */
  async function forget(id: string): Promise<void> {
    await inTurn(turns, id, {
      isDue: ({ isGone }) => !isGone,
      async work(state, keep) {
        if (await desk.find(id)) return;
        // A contact may have been made that nobody heard of.
        const { contact } = state.contact ?? (await api.contact(id));
        await api.forget(contact);
        await keep({ ...state, isGone: true });
      },
    });
    if ((await mirrored.load(id)).value?.state.isGone) await mirrored.remove(id);
  }

  /** All that is to stand there, in order; words of Chatwoot's own stand there already. */
  function wanted(ticket: Ticket): { id: string; text: string; from: 'resident' | 'note' }[] {
    const summary = summarise(ticket).join('\n');
    const ending = ticket.closed && endings[ticket.closed.why];
    const said = ticket.entries
      .filter(({ id }) => !id.startsWith(fromChatwoot))
      .map(
        (entry) =>
          ({ id: entry.id, text: wordsOf(entry), from: entry.by === 'resident' ? 'resident' : 'note' }) as const,
      );
    return [
      ...(summary === '' ? [] : [{ id: summaryId(summary), text: summary, from: 'note' } as const]),
      ...said,
      ...(ending ? [{ id: 'ending', text: ending, from: 'note' } as const] : []),
    ];
  }

  function unsaid(ticket: Ticket, { messages }: Mirrored) {
    return wanted(ticket).filter(({ id }) => messages[id] === undefined);
  }

  /** What was taken back, and what rests on it. */
  function unsent(ticket: Ticket, { messages }: Mirrored): [string, number][] {
    const there = new Set(wanted(ticket).map(({ id }) => id));
    return Object.entries(messages).filter(([id]) => !there.has(id));
  }

  function unreported({ entries }: Ticket, { fates }: Mirrored): { id: string; delivery: StaffDelivery }[] {
    return entries.flatMap(({ id, delivery }) =>
      id.startsWith(fromChatwoot) && delivery && delivery !== 'sending' && fates[id] !== delivery
        ? [{ id, delivery }]
        : [],
    );
  }

  function isBehind(ticket: Ticket, state: Mirrored): boolean {
    return (
      unsaid(ticket, state).length > 0 ||
      unsent(ticket, state).length > 0 ||
      unreported(ticket, state).length > 0 ||
      (ticket.closed !== null && !state.isOver)
    );
  }

  return every(lookMs, look, { log, what: 'tickets for Chatwoot' });
}

/** To know words again without keeping them. */
function printOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** What somebody deleted there need not be told of anything. */
async function unlessGone(telling: Promise<void>): Promise<void> {
  await telling.catch((error: unknown) => {
    if (!isGone(error)) throw error;
  });
}
