/** Nothing is wrong, but somebody should look: facts that nobody has checked for long, a calendar that will run out. */
import { holidaysKnownUntil } from '../rules/calendar.ts';
import { addMonthsClamped, type PlainDate } from '../rules/dates.ts';
import type { Files } from './files.ts';

export interface Notice {
  readonly file: string;
  readonly message: string;
}

/** Sources are looked at once a year. */
const checkedEvery = 12;
/** So long before the holidays run out there is time to update the package that knows them. */
const announcedBefore = 12;

/** What nobody of the city has looked at yet: before residents are told it, somebody must. */
export function unconfirmed({ sources, office, languages }: Files): Notice[] {
  const faq = Object.entries(languages[0]?.faq.value ?? {});
  const resting = (id: string) => [
    ...faq.filter(([, { source }]) => source.includes(id)).map(([entry]) => `faq.${entry}`),
    'calendar',
    'procedures/renewal',
  ];
  const unchecked = Object.entries(sources.value).filter(([, { checked }]) => checked === undefined);
  return [
    ...unchecked.map(([id, { title }]) => ({
      file: sources.file,
      message: `「${id}」（${title}）は、まだ確かめられていません。これを出典（source）にしている所（${resting(id).join('、')}）を見直して、checked に確かめた日を書いてください。`,
    })),
    ...office.value['to confirm'].map((fact) => ({
      file: office.file,
      message: `「${fact}」は、まだ確かめられていません。正しければ to confirm から消してください。`,
    })),
  ];
}

export function noticesOf(files: Files, today: PlainDate): Notice[] {
  const { sources, calendar } = files;
  const entries = Object.entries(sources.value);
  const stale = entries.filter(([, { checked }]) => checked && addMonthsClamped(checked, checkedEvery) < today);
  const nowhere = entries.filter(
    ([, { kind, place }]) => kind !== 'own' && kind !== 'other-city' && place === undefined,
  );
  const isEnding = holidaysKnownUntil < addMonthsClamped(today, announcedBefore);
  return [
    ...unconfirmed(files),
    ...stale.map(([id, { title, checked }]) => ({
      file: sources.file,
      message: `「${id}」（${title}）は ${checked} から確かめられていません。内容を見直して、checked を新しくしてください。`,
    })),
    ...nowhere.map(([id, { title }]) => ({
      file: sources.file,
      message: `「${id}」（${title}）に、どこを見ればよいか（place: ページのアドレスや条文）がありません。`,
    })),
    ...(calendar.value['closed on national holidays'] && isEnding
      ? [
          {
            file: calendar.file,
            message: `祝日は ${holidaysKnownUntil} までしかわかりません。開発者に、祝日のデータの更新をたのんでください。`,
          },
        ]
      : []),
  ];
}
