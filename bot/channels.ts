/** The channels of a deployment: one, or several side by side of which none sees anything of another. */
import { type Config, readConfig, variables } from './config.ts';
import { channelNames, commonVariables, type Environment, environmentOf, prefixOf } from './environment.ts';

export interface Channel {
  /** Undefined: it is the only one. */
  readonly name: string | undefined;
  readonly config: Config;
}

export type ReadChannels =
  | { readonly ok: true; readonly channels: readonly [Channel, ...Channel[]] }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Everything that is missing or wrong, of all channels, under the names that the variables have in the environment. */
export function readChannels(environment: Environment): ReadChannels {
  const names = channelNames(environment);
  if (names.length === 0) {
    const read = readConfig(environment);
    return read.ok ? { ok: true, channels: [{ name: undefined, config: read.config }] } : read;
  }
  const badNames = names.filter(
    (name, index) =>
      !/^[a-z][a-z\d]*$/.test(name) ||
      names.indexOf(name) < index ||
      variables.some((variable) => variable.startsWith(prefixOf(name))),
  );
  if (badNames.length > 0)
    return {
      ok: false,
      problems: [
        `CHANNELS: expected names of small letters and digits, each once, that no variable begins with (${badNames.join(', ')})`,
      ],
    };
  const reads = names.map((name) => ({ name, read: readConfig(environmentOf(environment, name)) }));
  const channels = reads.flatMap(({ name, read }): Channel[] => (read.ok ? [{ name, config: read.config }] : []));
  const problems = [
    ...reads.flatMap(({ name, read }) => (read.ok ? [] : read.problems.map((problem) => named(name, problem)))),
    ...ownerless(environment, names),
    ...names.flatMap((name) => serverWide(environment, name)),
    ...channels.flatMap(missing),
    ...shared(channels),
  ];
  const [first, ...others] = channels;
  return first && problems.length === 0 ? { ok: true, channels: [first, ...others] } : { ok: false, problems };
}

/** `REDIS_URL: missing` → `TRIAL_REDIS_URL: missing`; of the only channel, as it stands. */
export function named(channel: string | undefined, problem: string): string {
  if (channel === undefined) return problem;
  return problem.replace(/\b[A-Z][A-Z_]+\b/g, (word) =>
    variables.includes(word) && !commonVariables.has(word) ? prefixOf(channel) + word : word,
  );
}

/** With several channels a secret without a name would be everybody's, or nobody's. */
function ownerless(environment: Environment, names: readonly string[]): string[] {
  return variables
    .filter((name) => !commonVariables.has(name) && environment[name]?.trim())
    .map((name) => `${name}: of which channel? Set ${names.map((each) => prefixOf(each) + name).join(' or ')}`);
}

/** There is one server, whoever it serves. */
function serverWide(environment: Environment, name: string): string[] {
  return ['PORT', 'HOST', 'NODE_ENV']
    .filter((variable) => environment[prefixOf(name) + variable]?.trim())
    .map((variable) => `${prefixOf(name)}${variable}: all channels share ${variable}; set that`);
}

/** What the only channel can do without. */
function missing({ name = '', config }: Channel): string[] {
  const rows: readonly (readonly [boolean, string])[] = [
    [
      !config.line,
      'LINE_CHANNEL_ID, LINE_CHANNEL_SECRET: missing: the chat page stands in for the only channel, not for one of several',
    ],
    [!config.publicUrl, 'PUBLIC_URL: missing: the pages of each channel have a host of their own'],
  ];
  return rows.filter(([isMissing]) => isMissing).map(([, problem]) => named(name, problem));
}

/** What each channel has for itself. */
const own: Readonly<Record<string, (config: Config) => readonly string[]>> = {
  LINE_CHANNEL_SECRET: ({ line }) => (line ? [line.channelSecret] : []),
  PUBLIC_URL: ({ publicUrl }) => (publicUrl ? [new URL(publicUrl).hostname] : []),
  REDIS_URL: ({ redis }) => (redis ? [placeOf(redis.url)] : []),
  DATA_KEYS: ({ redis }) => redis?.dataKeys.map(({ key }) => key.toString('hex')) ?? [],
};

function shared(channels: readonly Channel[]): string[] {
  return Object.entries(own).flatMap(([variable, read]) =>
    channels.flatMap(({ name = '', config }, index) => {
      const values = read(config);
      const other = channels.slice(0, index).find((each) => read(each.config).some((value) => values.includes(value)));
      const [here, there] = [name, other?.name ?? ''].map((channel) => prefixOf(channel) + variable);
      return other ? [`${here}: the same as ${there}; each channel has its own${hints[variable] ?? ''}`] : [];
    }),
  );
}

const hints: Readonly<Record<string, string>> = {
  PUBLIC_URL: ' host',
  REDIS_URL: ': another server, or another database of it (redis://host:6379/1)',
};

/**
 * Servers and database as Redis takes them, whoever signs in: a cluster has one database only. Names of the same server that are not alike are found out at
 * the start (`claim`).
 */
function placeOf(url: string): string {
  const [, kind = '', hosts = '', path = ''] =
    /^rediss?(\+\w+)?:\/\/(?:[^@/]*@)?([^/?]+)\/?([^?]*)/.exec(url.toLowerCase()) ?? [];
  const nodes = hosts.split(',').map((node) => (node.includes(':') ? node : `${node}:6379`));
  const database = { '': String(Number(path || 0)), '+sentinel': path || 'mymaster', '+cluster': '' }[kind] ?? path;
  return [kind, ...nodes.sort(), database].join(' ');
}
