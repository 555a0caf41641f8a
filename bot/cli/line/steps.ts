/** Everything from an empty channel to the first resident, in the order in which one thing needs the other. */
import type { LineAccount } from '../../../adapters/line/account.ts';
import type { Config } from '../../config.ts';
import type { Library } from '../../dialogue/library.ts';
import type { Notice } from '../../load/notices.ts';
import type { Quota } from '../../ports.ts';
import type { MenuPicture } from '../rich-menu/pictures.ts';
import { menusStep } from './menus.ts';
import { type Finding, look, right, type Step, wrong } from './step.ts';

export interface StepParts {
  readonly account: LineAccount;
  readonly config: Config;
  readonly publicUrl: string;
  readonly library: Library;
  /** What nobody has confirmed yet. */
  readonly unconfirmed: readonly Notice[];
  readonly pictures: readonly MenuPicture[];
  readonly quota: Quota;
  /** What whoever adds the account reads. */
  readonly greeting: () => string;
  /** Whether that page of the server answers; undefined: no. */
  readonly statusOf: (path: string) => Promise<number | undefined>;
}

/** LINE's own places, as they are called there. */
const places = {
  webhook: 'LINE Developers コンソール → チャネル → 「Messaging API設定」 → 「Webhook設定」',
  replies: 'LINE Official Account Manager（manager.line.biz） → アカウント → 「設定」 → 「応答設定」',
} as const;

export function setUpSteps(parts: StepParts): readonly Step[] {
  const { account, publicUrl, unconfirmed, library, pictures, greeting } = parts;
  const endpoint = `${publicUrl}/webhook`;
  return [
    {
      title: 'チャネル',
      isNeeded: true,
      async look() {
        const { displayName, basicId, chatMode } = await account.info();
        const who = right(`${displayName}（${basicId}）のチャネルです`);
        if (chatMode === 'bot') return [who, right('チャットはオフです（職員は /staff で答えます）')];
        return [
          who,
          wrong(
            'チャットがオンです。トークの中身が LINE の管理画面に残ります',
            `${places.replies} → 「チャット」をオフ`,
          ),
        ];
      },
    },
    { title: '文と市の情報', look: async () => contentFinding(library, unconfirmed) },
    { title: 'サーバー', look: () => lookAtServer(parts) },
    {
      title: 'Webhook URL',
      async look() {
        const set = await account.endpoint();
        if (set?.endpoint === endpoint) return right(endpoint);
        return wrong(
          set ? `ほかのアドレスになっています: ${set.endpoint}` : 'まだ入っていません',
          `npm run line -- setup で ${endpoint} が入ります。`,
        );
      },
      mend: { will: `${endpoint} を入れます`, run: () => account.setEndpoint(endpoint) },
    },
    {
      title: 'Webhook の利用',
      async look() {
        const set = await account.endpoint();
        return set?.active
          ? right('オンです')
          : wrong(
              'オフです。このままでは、メッセージが届きません',
              `${places.webhook} → 「Webhookの利用」をオンにして、もう一度 npm run line -- check`,
            );
      },
    },
    { title: 'Webhook のテスト', look: () => tryWebhook(account) },
    menusStep(account, pictures),
    { title: '手で切りかえるところ', look: async () => switchesToSee },
    { title: '送れる数と、会話の置き場所', look: () => lookAtMeans(parts) },
    {
      title: 'あいさつ（友だちに追加した方が、はじめに読む文）',
      look: async () => right(greeting().replaceAll('\n', '\n    ')),
    },
  ];
}

function contentFinding({ officeFacts }: Library, unconfirmed: readonly Notice[]): readonly Finding[] {
  const read = right(`${officeFacts.city ?? ''} の文に、問題はありません（npm run check）`);
  if (unconfirmed.length === 0) return [read];
  return [
    read,
    wrong(
      `まだ確かめていないものが${unconfirmed.length}件あります`,
      ...unconfirmed.map(({ file, message }) => `${file}  ${message}`),
    ),
  ];
}

async function lookAtServer({ publicUrl, statusOf }: StepParts): Promise<readonly Finding[]> {
  const rows = [
    ['/readyz', 'ボットの用意ができています', 'ボットが動いていないか、用意ができていません'],
    ['/privacy', '個人情報の取りあつかいのページが開きます', '個人情報の取りあつかいのページが開きません'],
  ] as const;
  return Promise.all(
    rows.map(async ([path, fine, not]) => {
      const status = await statusOf(path);
      if (status === 200) return right(`${publicUrl}${path}: ${fine}`);
      return wrong(
        `${publicUrl}${path}: ${not}（${status ?? '返事がありません'}）`,
        'npm start で動かし、PUBLIC_URL がこのサーバーに届くことを確かめてください（docs/operations.md）。',
      );
    }),
  );
}

/** By LINE's reason (docs: Check error reason for webhook). */
const testRemedies: Readonly<Record<string, string>> = {
  COULD_NOT_CONNECT:
    'LINE からこのアドレスに届きません。DNS、ファイアウォール、証明書（公的な認証局のもの）を確かめてください。',
  REQUEST_TIMEOUT: '2秒のうちに返事がありませんでした。ボットと Redis が動いているか確かめてください。',
  ERROR_STATUS_CODE:
    '401 なら、LINE_CHANNEL_SECRET がこのチャネルのものではありません。404 なら、アドレスの先がボットではありません。',
};

async function tryWebhook(account: LineAccount): Promise<Finding> {
  if (!(await account.endpoint()))
    return wrong('Webhook URL が入ると、テストできます', 'npm run line -- setup で入ります。');
  const { success, statusCode, reason, detail } = await account.testEndpoint();
  if (success) return right('LINE からの呼び出しに、ボットが答えました');
  return wrong(
    `うまくいきませんでした（${reason} ${statusCode || ''} ${detail}）`,
    testRemedies[reason] ?? 'LINE Developers コンソールの「検証」で、くわしい理由を見てください。',
  );
}

/** LINE's API tells nothing of these. */
const switchesToSee: readonly Finding[] = [
  look(
    'Webhook の再送: オンにしてください（ボットが止まっているあいだのメッセージも、あとで届きます）',
    `${places.webhook} → 「Webhookの再送」`,
  ),
  look('応答メッセージ: オフにしてください（ボットと二重に答えます）', `${places.replies} → 「応答メッセージ」`),
  look(
    'あいさつメッセージ: オフにしてください（あいさつはボットがします）',
    `${places.replies} → 「あいさつメッセージ」`,
  ),
];

async function lookAtMeans({ quota, config }: StepParts): Promise<readonly Finding[]> {
  const { limit, used } = await quota();
  const plan =
    limit === undefined
      ? right('LINE から送れる数に、上限はありません')
      : look(
          `ボットから先に送れるのは、月${limit}通までです（今月は${used}通）。返事は数に入りません`,
          '足りなければ、LINE の地方公共団体プランなどを考えてください。',
        );
  if (config.redis) return [plan, right('会話は Redis に、暗号化して置きます')];
  return [
    plan,
    look(
      '会話はメモリーに置いています。止めると、途中の会話と「お知らせ」の約束が消えます',
      '公開の前に、REDIS_URL と DATA_KEYS を入れてください（docs/operations.md）。',
    ),
  ];
}
