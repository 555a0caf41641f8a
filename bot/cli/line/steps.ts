/** Everything from an empty channel to the first resident, in the order in which one thing needs the other. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { LineAccount } from '../../../adapters/line/account.ts';
import { type Config, linesOwnApi } from '../../config.ts';
import type { Library } from '../../dialogue/library.ts';
import type { Notice } from '../../load/notices.ts';
import type { MenuPicture } from '../rich-menu/pictures.ts';
import { menusStep } from './menus.ts';
import { type Finding, look, right, type Step, wrong } from './step.ts';
import type { StoreState } from './store.ts';

export interface StepParts {
  readonly account: LineAccount;
  readonly config: Config;
  readonly publicUrl: string;
  readonly library: Library;
  /** What nobody has confirmed yet. */
  readonly unconfirmed: readonly Notice[];
  readonly pictures: readonly MenuPicture[];
  /** What whoever adds the account reads. */
  readonly greeting: () => string;
  /** What that page of the server answers; undefined: nothing. */
  readonly page: (path: string) => Promise<{ readonly status: number; readonly text: string } | undefined>;
  /** What lies in Redis; undefined: there is none. Rejects when it does not answer. */
  readonly store?: () => Promise<StoreState>;
}

export function setUpSteps(parts: StepParts): readonly Step[] {
  const { account, config, publicUrl, pictures, greeting } = parts;
  const endpoint = `${publicUrl}/webhook`;
  const places = placesAt(config);
  return [
    {
      title: 'チャネル',
      neededTo: 'look',
      async look() {
        const { displayName, basicId } = await account.info();
        return right(`${displayName}（${basicId}）のチャネルです`);
      },
    },
    {
      title: 'チャット',
      async look() {
        const { chatMode } = await account.info();
        if (chatMode === 'bot') return right('オフです（職員は /staff で答えます）');
        return wrong('オンです。トークの中身が LINE の管理画面に残ります', `${places.replies} → 「チャット」をオフ`);
      },
    },
    { title: '文と市の情報', look: () => lookAtContent(parts) },
    { title: 'サーバー', neededTo: 'mend', look: () => lookAtServer(parts) },
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
      mend: { will: `${endpoint} を入れます`, run: (did) => setEndpoint(account, endpoint, did) },
    },
    {
      title: 'Webhook の利用',
      async look() {
        const set = await account.endpoint();
        if (set?.active) return right('オンです');
        return wrong('オフです。このままでは、メッセージが届きません', `${places.webhook} → 「Webhookの利用」をオン`);
      },
    },
    { title: 'Webhook のテスト', look: () => tryWebhook(account, endpoint) },
    menusStep(account, pictures),
    { title: '手で切りかえるところ', look: async () => switchesToSee(places) },
    { title: '送れる数と、会話の置き場所', look: () => lookAtMeans(parts) },
    {
      title: 'あいさつ（友だちに追加した方が、はじめに読む文）',
      look: async () => right(greeting().replaceAll('\n', '\n    ')),
    },
  ];
}

/** LINE's own pages, as they are called there; a stand-in has one of its own. */
function placesAt({ line }: Config) {
  const isLineItself = line?.apiBaseUrl === linesOwnApi;
  if (!isLineItself) return { webhook: `${line?.apiBaseUrl}/manager`, replies: `${line?.apiBaseUrl}/manager` };
  return {
    webhook: 'LINE Developers コンソール → チャネル → 「Messaging API設定」 → 「Webhook設定」',
    replies: 'LINE Official Account Manager（manager.line.biz） → アカウント → 「設定」 → 「応答設定」',
  };
}

async function lookAtContent({ library, unconfirmed, store }: StepParts): Promise<readonly Finding[]> {
  const read = right(`${library.officeFacts.city ?? ''}の文に、問題はありません（npm run check）`);
  const toConfirm = wrong(
    `まだ確かめていないものが${unconfirmed.length}件あります`,
    ...unconfirmed.map(({ file, message }) => `${file}  ${message}`),
  );
  const other = (await store?.().catch(() => undefined))?.otherFiles ?? [];
  const published = look(
    `公開中の文は、ここのファイルとちがいます（${other.join('、')}）。このあとに出るあいさつとメニューは、ここのものです`,
    'npm run content -- status で見て、pull か push でそろえてください。',
  );
  return [read, ...(unconfirmed.length > 0 ? [toConfirm] : []), ...(other.length > 0 ? [published] : [])];
}

async function lookAtServer({ publicUrl, page }: StepParts): Promise<readonly Finding[]> {
  const [ready, privacy] = await Promise.all([page('/readyz'), page('/privacy')]);
  const remedy = [
    'npm start で動かし、PUBLIC_URL がこのサーバーに届くことを確かめてください（docs/operations.md）。',
    'PUBLIC_URL がちがうときは、.env を直してください。',
  ];
  if (ready?.status !== 200)
    return [wrong(`${publicUrl}/readyz: ボットが動いていません（${ready?.status ?? '返事がありません'}）`, ...remedy)];
  if (!ready.text.includes(JSON.stringify(publicUrl)))
    return [
      wrong(
        `${publicUrl} で動いているボットは、前の設定のままです（PUBLIC_URL がちがいます）`,
        'ボットを起動し直してください（npm start）。',
      ),
    ];
  if (privacy?.status !== 200) return [wrong(`${publicUrl}/privacy が開きません（${privacy?.status}）`, ...remedy)];
  return [right(`${publicUrl} でボットが動いています`), right(`${publicUrl}/privacy に、個人情報の取り扱いがあります`)];
}

/** LINE may go on with the address before for a minute. */
async function setEndpoint(account: LineAccount, endpoint: string, did: (what: string) => void): Promise<void> {
  await account.setEndpoint(endpoint);
  for (let tries = 0; tries < endpointTries; tries += 1) {
    if ((await account.endpoint())?.endpoint === endpoint) return;
    if (tries === 0) did('LINE に伝わるのを待っています（1分ほどかかることがあります）');
    await sleep(endpointEveryMs);
  }
}

const endpointEveryMs = 3_000;
const endpointTries = 25;

/** By LINE's reason (docs: Check error reason for webhook). */
const testRemedies: Readonly<Record<string, string>> = {
  COULD_NOT_CONNECT:
    'LINE からこのアドレスに届きません。ボットが動いていれば、DNS、ファイアウォール、証明書（公的な認証局のもの）を確かめてください。',
  REQUEST_TIMEOUT: '2秒のうちに返事がありませんでした。ボットと Redis が動いているか、確かめてください。',
  ERROR_STATUS_CODE:
    '401 なら、ボットの LINE_CHANNEL_SECRET がこのチャネルのものではありません（.env を直したあとなら、ボットを起動し直してください）。404 なら、アドレスの先がボットではありません。',
};

async function tryWebhook(account: LineAccount, endpoint: string): Promise<Finding> {
  const { success, statusCode, reason, detail } = await account.testEndpoint(endpoint);
  if (success) return right('LINE からの呼び出しに、ボットが答えました');
  return wrong(
    `うまくいきませんでした（${[reason, statusCode || detail].join(' ')}）`,
    testRemedies[reason] ?? 'LINE Developers コンソールの「検証」で、くわしい理由を見てください。',
  );
}

/** LINE's API tells nothing of these. */
function switchesToSee({ webhook, replies }: ReturnType<typeof placesAt>): readonly Finding[] {
  return [
    look(
      'Webhook の再送: オンにしてください（ボットが止まっているあいだのメッセージも、あとで届きます）',
      `${webhook} → 「Webhookの再送」`,
    ),
    look('応答メッセージ: オフにしてください（ボットと二重に答えます）', `${replies} → 「応答メッセージ」`),
    look('あいさつメッセージ: オフにしてください（あいさつはボットがします）', `${replies} → 「あいさつメッセージ」`),
  ];
}

async function lookAtMeans({ account, config, store }: StepParts): Promise<readonly Finding[]> {
  const { limit, used } = await account.quota();
  const plan =
    limit === undefined
      ? right('LINE から送れる数に、上限はありません')
      : look(
          `ボットから先に送れるのは、月${limit}通までです（今月は${used}通）。返事は数に入りません`,
          '足りなければ、LINE の地方公共団体プランなどを考えてください。',
        );
  return [plan, ...(store ? await lookAtStore(store, config) : [inMemory])];
}

const inMemory = look(
  '会話はメモリーに置いています。止めると、途中の会話と「お知らせ」の約束が消えます',
  '公開の前に、REDIS_URL と DATA_KEYS を入れてください（docs/operations.md）。',
);

async function lookAtStore(store: () => Promise<StoreState>, { oidc }: Config): Promise<readonly Finding[]> {
  const state = await store().catch(() => undefined);
  if (!state) return [wrong('Redis から返事がありません', 'REDIS_URL と、Redis が動いているかを確かめてください。')];
  const kept = right('会話は Redis に、暗号化して置きます');
  if (state.accounts > 0 || oidc) return [kept];
  return [kept, look('職員のアカウントが、まだありません（/staff に、だれも入れません）', 'npm run staff -- add 名前')];
}
