/** Questions on the terminal, or answers from standard input, one a line. */
import { stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

export interface Asker {
  /** Trimmed; undefined: there is no more input. A secret is not shown while it is typed. */
  ask(question: string, options?: { readonly secret: boolean }): Promise<string | undefined>;
  close(): void;
}

export function openAsker(): Asker {
  let isHidden = false;
  const output = new Writable({
    write(chunk, _encoding, done) {
      if (!isHidden) stdout.write(chunk);
      done();
    },
  });
  const lines = createInterface({ input: stdin, output, terminal: stdin.isTTY, historySize: 0 });
  const answers = lines[Symbol.asyncIterator]();
  return {
    async ask(question, { secret } = { secret: false }) {
      lines.setPrompt(question);
      lines.prompt();
      isHidden = secret;
      const { value, done } = await answers.next();
      isHidden = false;
      if (secret || !stdin.isTTY) stdout.write('\n');
      return done ? undefined : value.trim();
    },
    close: () => lines.close(),
  };
}
