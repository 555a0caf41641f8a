/** A mail server on this machine (the smtp-server package), and what it was given. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

export interface Mail {
  readonly to: readonly string[];
  /** Headers and body as they came. */
  readonly source: string;
}

/** `refuses`: mails that it answers with 451 before it takes one. */
export async function startSmtp({ refuses = 0 } = {}) {
  const mails: Mail[] = [];
  let left = refuses;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    async onData(stream, session, done) {
      const source = await text(stream);
      left -= 1;
      if (left >= 0) return done(Object.assign(new Error('try again later'), { responseCode: 451 }));
      mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), source });
      done();
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    mails,
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
