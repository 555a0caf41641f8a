/** What LINE has to be told of the webhook, what it says of it, and where a person switches the rest. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { LineAccount } from '../../../adapters/line/account.ts';
import { type Config, linesOwnApi } from '../../config.ts';
import { type Finding, look, right, wrong } from './step.ts';

/** LINE's own pages, as they are called there; a stand-in has one of its own. */
export function placesAt({ line }: Config) {
  const isLineItself = line?.apiBaseUrl === linesOwnApi;
  if (!isLineItself) return { webhook: `${line?.apiBaseUrl}/manager`, replies: `${line?.apiBaseUrl}/manager` };
  return {
    webhook: 'LINE Developers コンソール → チャネル → 「Messaging API設定」 → 「Webhook設定」',
    replies: 'LINE Official Account Manager（manager.line.biz） → アカウント → 「設定」 → 「応答設定」',
  };
}

/** LINE may go on with the address before for a minute. */
export async function setEndpoint(account: LineAccount, endpoint: string, did: (what: string) => void): Promise<void> {
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

export async function tryWebhook(account: LineAccount, endpoint: string): Promise<Finding> {
  const { success, statusCode, reason, detail } = await account.testEndpoint(endpoint);
  if (success) return right('LINE からの呼び出しに、ボットが答えました');
  return wrong(
    `うまくいきませんでした（${[reason, statusCode || detail].join(' ')}）`,
    testRemedies[reason] ?? 'LINE Developers コンソールの「検証」で、くわしい理由を見てください。',
  );
}

/** LINE's API tells nothing of these. */
export function switchesToSee({ webhook, replies }: ReturnType<typeof placesAt>): readonly Finding[] {
  return [
    look(
      'Webhook の再送がオンか、見てください（ボットが止まっているあいだのメッセージも、あとで届きます）',
      `${webhook} → 「Webhookの再送」`,
    ),
    look('応答メッセージがオフか、見てください（オンだと、ボットと二重に答えます）', `${replies} → 「応答メッセージ」`),
    look('あいさつメッセージがオフか、見てください（あいさつはボットがします）', `${replies} → 「あいさつメッセージ」`),
  ];
}
