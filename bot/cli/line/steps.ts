/** Everything from an empty channel to the first resident, in the order in which one thing needs the other. */
import type { LineAccount } from '../../../adapters/line/account.ts';
import type { Config } from '../../config.ts';
import type { Library } from '../../dialogue/library.ts';
import type { Notice } from '../../load/notices.ts';
import type { MenuPicture } from '../rich-menu/pictures.ts';
import { menusStep } from './menus.ts';
import { lookAtContent, lookAtMeans, lookAtServer } from './ours.ts';
import { right, type Step, wrong } from './step.ts';
import type { StoreState } from './store.ts';
import { placesAt, setEndpoint, switchesToSee, tryWebhook } from './webhook.ts';

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
