/** How staff elsewhere hear of a new ticket: the ways that the environment names, in the city's words. */
import type { Announce, Announcement } from '../adapters/helpdesk/announce.ts';
import { webhookAnnouncement } from '../adapters/helpdesk/webhook.ts';
import type { Config } from './config.ts';
import type { Library, Template } from './dialogue/library.ts';
import { fillTemplate } from './dialogue/template.ts';
import type { Facts } from './rules/rule.ts';

/** Mail is loaded only where a city has it. */
export async function waysToAnnounce(
  { mail, webhook, publicUrl, chatwoot }: Pick<Config, 'mail' | 'webhook' | 'publicUrl' | 'chatwoot'>,
  library: () => Library,
): Promise<Readonly<Record<string, Announce>>> {
  const console = chatwoot?.url ?? `${publicUrl}/staff`;
  const words = ({ waiting }: Announcement) => {
    const { desk, officeFacts } = library();
    const facts: Facts = { ...officeFacts, waiting, console };
    const filled = (template: Template = []) => fillTemplate(template, ({ name }) => String(facts[name] ?? ''));
    return { subject: filled(desk?.announcement.subject), text: filled(desk?.announcement.text) };
  };
  const { mailAnnouncement } = mail ? await import('../adapters/helpdesk/mail.ts') : {};
  return {
    ...(mail && mailAnnouncement && { mail: mailAnnouncement(mail, words) }),
    ...(webhook && { webhook: webhookAnnouncement(webhook, Date.now) }),
  };
}
