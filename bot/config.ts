/** Environment → Config, or every variable that is missing or wrong, at once. */
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { cityFolder, type Environment } from './environment.ts';
import type { DataKey } from './ports.ts';
import { isPlainDate, type PlainDate } from './rules/dates.ts';

export interface Config {
  readonly port: number;
  /** The address of this machine to listen on; undefined: on every one. */
  readonly host: string | undefined;
  /** Where its `flows/` and `content/` lie. */
  readonly folder: string;
  /** Absent: the stand-in LINE and its chat page take the channel's place. */
  readonly line:
    | {
        readonly channelSecret: string;
        /** A long-lived token, or the channel's id, with which stateless ones are fetched. */
        readonly by: { readonly channelAccessToken: string } | { readonly channelId: string };
        readonly apiBaseUrl: string;
      }
    | undefined;
  /** Absent: everything is kept in memory. */
  readonly redis: { readonly url: string; readonly dataKeys: readonly [DataKey, ...DataKey[]] } | undefined;
  /** Where this server is reached, `https://…`: what mails link to, and where a sign-in comes back. */
  readonly publicUrl: string | undefined;
  /** The city's own accounts, for staff. */
  readonly oidc: OidcConfig | undefined;
  /** Mail to staff. */
  readonly mail: { readonly smtpUrl: string; readonly from: string; readonly to: readonly string[] } | undefined;
  /** Another system that hears of new tickets. */
  readonly webhook: { readonly url: string; readonly secret: string } | undefined;
  /** Staff answer there instead of in the console. */
  readonly chatwoot: ChatwootConfig | undefined;
  /** Questions that were not understood are kept for the editors: without digits and names, for 30 days. */
  readonly keepUnanswered: boolean;
  /** `monthly`: at most so many in a month; undefined: as many as LINE's plan leaves. */
  readonly reminders: { readonly isOn: boolean; readonly monthly: number | undefined };
  readonly pretendToday: PlainDate | undefined;
}

export interface ChatwootConfig {
  readonly url: string;
  readonly accessToken: string;
  readonly account: number;
  readonly inbox: number;
  readonly pathToken: string;
  readonly secret: string | undefined;
}

export interface OidcConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly rolesClaim: string;
  readonly publicUrl: string;
}

export type ReadConfig =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly string[] };

export const linesOwnApi = 'https://api.line.me';

/** Empty variables count as absent, as in an `.env` copied from `.env.example`. */
export function readConfig(environment: Environment): ReadConfig {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const read = shape.safeParse(given);
  const wrong = read.success ? [] : read.error.issues.map(({ path, message }) => `${String(path[0])}: ${message}`);
  const problems = [...wrong, ...halves(given)];
  if (!read.success || problems.length > 0) return { ok: false, problems };
  const variables = read.data;
  const { LINE_CHANNEL_SECRET: secret, LINE_CHANNEL_ACCESS_TOKEN: token, LINE_API_BASE_URL: apiBaseUrl } = variables;
  const { LINE_CHANNEL_ID: channelId } = variables;
  // Whoever insists on a long-lived token has it used.
  const by = token ? { channelAccessToken: token } : channelId ? { channelId } : undefined;
  const { REDIS_URL: url, DATA_KEYS: dataKeys, BOT_TODAY: pretendToday, PORT: port } = variables;
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = variables;
  const { SMTP_URL: smtpUrl, MAIL_FROM: from, DESK_MAIL_TO: to } = variables;
  const { DESK_WEBHOOK_URL: webhookUrl, DESK_WEBHOOK_SECRET: webhookSecret } = variables;
  const publicUrl = variables.PUBLIC_URL?.replace(/\/+$/, '');
  return {
    ok: true,
    config: {
      port,
      host: variables.HOST,
      folder: cityFolder(given),
      line: by && secret ? { channelSecret: secret, by, apiBaseUrl } : undefined,
      redis: url && dataKeys ? { url, dataKeys } : undefined,
      publicUrl,
      oidc:
        issuer && clientId && clientSecret && publicUrl
          ? { issuer, clientId, clientSecret, rolesClaim: variables.OIDC_ROLES_CLAIM, publicUrl }
          : undefined,
      mail: smtpUrl && from && to ? { smtpUrl, from, to } : undefined,
      webhook: webhookUrl && webhookSecret ? { url: webhookUrl, secret: webhookSecret } : undefined,
      chatwoot: chatwootOf(variables),
      keepUnanswered: variables.KEEP_UNANSWERED === 'yes',
      reminders: { isOn: variables.REMINDERS === 'on', monthly: variables.REMINDERS_PER_MONTH },
      pretendToday,
    },
  };
}

const dataKeys = z.string().transform((ring, context): [DataKey, ...DataKey[]] => {
  const keys = ring.split(',').map((entry): DataKey => {
    const [id = '', base64 = ''] = entry.trim().split(':');
    return { id, key: Buffer.from(base64, 'base64') };
  });
  const [first, ...others] = keys;
  const isWhole = keys.every(({ id, key }) => /^[\w-]+$/.test(id) && key.length === 32);
  if (first && isWhole && new Set(keys.map(({ id }) => id)).size === keys.length) return [first, ...others];
  context.addIssue({
    code: 'custom',
    message: 'expected id:base64 of 32 bytes, comma-separated, each id once (openssl rand -base64 32)',
  });
  return z.NEVER;
});

/** Plain http is for this machine alone, as in a test; every name under localhost is this machine's (RFC 6761). */
const httpsAddress = z.url({ error: 'expected an address such as https://…' }).refine(
  (address) => {
    const { protocol, hostname } = new URL(address);
    return (
      protocol === 'https:' || (protocol === 'http:' && /^(?:(?:.+\.)?localhost|127\.0\.0\.1|\[::1\])$/.test(hostname))
    );
  },
  { error: 'expected an https address' },
);

const mailAddress = z
  .string()
  .regex(/^(?:[^<>]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/, 'expected an address of mail');

const shape = z.object({
  CITY_FOLDER: z
    .string()
    .refine(
      (folder) => ['flows', 'content'].every((each) => existsSync(`${cityFolder({ CITY_FOLDER: folder })}/${each}`)),
      {
        error: 'expected a folder with flows/ and content/ in it',
      },
    )
    .optional(),
  PORT: z.coerce.number({ error: 'expected a port number' }).int().min(0).max(65_535).default(3000),
  HOST: z.string().optional(),
  LINE_CHANNEL_SECRET: z.string().optional(),
  LINE_CHANNEL_ID: z.string().regex(/^\d+$/, 'expected the digits of the channel ID').optional(),
  LINE_CHANNEL_ACCESS_TOKEN: z.string().optional(),
  LINE_API_BASE_URL: z.url({ error: `expected an address such as ${linesOwnApi}` }).default(linesOwnApi),
  REDIS_URL: z
    .string()
    .regex(
      /^rediss?(\+cluster|\+sentinel)?:\/\/[^/\s]+(\/\S*)?$/,
      'expected redis://host:port, rediss://…, redis+cluster://… or redis+sentinel://…',
    )
    .optional(),
  DATA_KEYS: dataKeys.optional(),
  PUBLIC_URL: httpsAddress.optional(),
  OIDC_ISSUER: httpsAddress.optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_ROLES_CLAIM: z.string().default('roles'),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/\S+$/, 'expected smtp://host:port or smtps://user:password@host')
    .optional(),
  MAIL_FROM: mailAddress.optional(),
  DESK_MAIL_TO: z
    .string()
    .transform((list) => list.split(',').map((each) => each.trim()))
    .pipe(z.array(mailAddress))
    .optional(),
  DESK_WEBHOOK_URL: httpsAddress.optional(),
  DESK_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_[A-Za-z\d+/]{32,}={0,2}$/, 'expected whsec_ and base64 (whsec_$(openssl rand -base64 32))')
    .optional(),
  CHATWOOT_URL: httpsAddress.optional(),
  CHATWOOT_ACCESS_TOKEN: z.string().optional(),
  CHATWOOT_ACCOUNT: z.coerce.number({ error: 'expected a number' }).int().positive().optional(),
  CHATWOOT_INBOX: z.coerce.number({ error: 'expected a number' }).int().positive().optional(),
  CHATWOOT_WEBHOOK_TOKEN: z
    .string()
    .regex(/^[\w-]{32,}$/, 'expected 32 characters or more that nobody can guess (openssl rand -hex 32)')
    .optional(),
  CHATWOOT_WEBHOOK_SECRET: z.string().optional(),
  KEEP_UNANSWERED: z.enum(['yes', 'no'], { error: 'expected yes or no' }).default('no'),
  REMINDERS: z.enum(['on', 'off'], { error: 'expected on or off' }).default('on'),
  REMINDERS_PER_MONTH: z.coerce.number({ error: 'expected a number' }).int().min(0).optional(),
  BOT_TODAY: z.custom<PlainDate>(isPlainDate, { error: 'expected a day that exists, as YYYY-MM-DD' }).optional(),
});

/** Every variable that a channel may have. */
export const variables: readonly string[] = [...Object.keys(shape.shape), 'NODE_ENV'];

const chatwootVariables = [
  'CHATWOOT_URL',
  'CHATWOOT_ACCESS_TOKEN',
  'CHATWOOT_ACCOUNT',
  'CHATWOOT_INBOX',
  'CHATWOOT_WEBHOOK_TOKEN',
] as const;

function chatwootOf({
  CHATWOOT_URL: url,
  CHATWOOT_ACCESS_TOKEN: accessToken,
  CHATWOOT_ACCOUNT: account,
  CHATWOOT_INBOX: inbox,
  CHATWOOT_WEBHOOK_TOKEN: pathToken,
  CHATWOOT_WEBHOOK_SECRET: secret,
}: z.infer<typeof shape>): ChatwootConfig | undefined {
  return url && accessToken && account && inbox && pathToken
    ? { url, accessToken, account, inbox, pathToken, secret }
    : undefined;
}

/** Variables that are set but need another one, or must not be set here. */
function halves(given: Environment): string[] {
  const {
    LINE_CHANNEL_SECRET,
    LINE_CHANNEL_ID,
    LINE_CHANNEL_ACCESS_TOKEN,
    LINE_API_BASE_URL = linesOwnApi,
    REDIS_URL,
    DATA_KEYS,
    BOT_TODAY,
    NODE_ENV,
  } = given;
  const isLineItself = URL.parse(LINE_API_BASE_URL)?.origin === linesOwnApi;
  const onLineItself = LINE_CHANNEL_SECRET !== undefined && isLineItself;
  const rows: readonly (readonly [boolean, string])[] = [
    [
      !LINE_CHANNEL_SECRET && !!(LINE_CHANNEL_ID ?? LINE_CHANNEL_ACCESS_TOKEN),
      `LINE_CHANNEL_SECRET: missing, although ${LINE_CHANNEL_ID ? 'LINE_CHANNEL_ID' : 'LINE_CHANNEL_ACCESS_TOKEN'} is set (LINE Developers console, Basic settings)`,
    ],
    [
      !LINE_CHANNEL_ID && !LINE_CHANNEL_ACCESS_TOKEN && !!LINE_CHANNEL_SECRET,
      'LINE_CHANNEL_ID: missing, although LINE_CHANNEL_SECRET is set (LINE Developers console, Basic settings; or LINE_CHANNEL_ACCESS_TOKEN, a long-lived token)',
    ],
    [
      NODE_ENV === 'production' && !LINE_CHANNEL_SECRET && !LINE_CHANNEL_ID && !LINE_CHANNEL_ACCESS_TOKEN,
      'LINE_CHANNEL_ID, LINE_CHANNEL_SECRET: missing in production: the chat page for trying out would stand open to everybody',
    ],
    [
      !DATA_KEYS && !!REDIS_URL,
      'DATA_KEYS: missing, although REDIS_URL is set: sessions are stored encrypted only (k1:$(openssl rand -base64 32))',
    ],
    ...missingOf(given, ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'], ['PUBLIC_URL']),
    ...missingOf(given, ['SMTP_URL', 'MAIL_FROM', 'DESK_MAIL_TO'], ['PUBLIC_URL']),
    ...missingOf(given, chatwootVariables, []),
    ...missingOf(given, ['DESK_WEBHOOK_URL', 'DESK_WEBHOOK_SECRET'], []),
    [!REDIS_URL && !!DATA_KEYS, 'REDIS_URL: missing, although DATA_KEYS is set: conversations would be kept in memory'],
    [
      !!BOT_TODAY && (NODE_ENV === 'production' || onLineItself),
      'BOT_TODAY: refused in production: residents would be told wrong dates; remove it',
    ],
  ];
  return rows.filter(([isWrong]) => isWrong).map(([, problem]) => problem);
}

/** Variables that only work together, and others that they need: those that are missing although one of the group is set. */
function missingOf(
  given: Environment,
  group: readonly string[],
  needed: readonly string[],
): (readonly [boolean, string])[] {
  const first = group.find((name) => given[name]);
  return [...group, ...needed].map((name) => [!given[name] && !!first, `${name}: missing, although ${first} is set`]);
}
