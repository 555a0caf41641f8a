/** What lies with the city: its texts, its server, its store, and how much LINE lets it send. */
import type { Config } from '../../config.ts';
import { type Finding, look, right, wrong } from './step.ts';
import type { StepParts } from './steps.ts';
import type { StoreState } from './store.ts';

export async function lookAtContent({ library, unconfirmed, store }: StepParts): Promise<readonly Finding[]> {
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

export async function lookAtServer({ publicUrl, page }: StepParts): Promise<readonly Finding[]> {
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

export async function lookAtMeans({ account, config, store }: StepParts): Promise<readonly Finding[]> {
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
