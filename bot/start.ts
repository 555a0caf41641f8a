/** The composition root: config → channels → server, and a graceful stop. Only what starts things, and cli/, know concrete adapters. */
import { readChannels } from './channels.ts';
import { readEnvironment } from './environment.ts';
import { close, createApp, listen } from './server.ts';
import { type StartedChannel, startChannel } from './start-channel.ts';
import { stop } from './stop.ts';

const read = readChannels(readEnvironment());
if (!read.ok)
  stop(
    [
      'The environment is not right:',
      ...read.problems.map((problem) => `  ${problem}`),
      '.env.example explains every variable.',
    ].join('\n'),
  );
const [first, ...others] = read.channels;
await serve([await startChannel(first), ...(await Promise.all(others.map(startChannel)))], first.config.port);

async function serve(channels: readonly [StartedChannel, ...StartedChannel[]], wanted: number): Promise<void> {
  const [first, ...others] = channels;
  const app = createApp([first.served, ...others.map(({ served }) => served)]);
  const { server, port } = await listen(app, { port: wanted, ...first.at }).catch((error: NodeJS.ErrnoException) =>
    stop(
      error.code === 'EADDRINUSE'
        ? `Cannot listen on port ${wanted}: it is taken. Set PORT to another one.`
        : `Cannot listen on port ${wanted} (${error.code}): look at PORT and HOST.`,
    ),
  );
  for (const channel of channels) console.log(channel.listening(port));

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, async () => {
      for (const channel of channels) channel.leave();
      await close(server);
      await Promise.all(channels.map((channel) => channel.stop()));
      process.exit(0);
    });
  }
}
