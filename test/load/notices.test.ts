/** What `npm run check` wants somebody to look at, though nothing is wrong. */
import assert from 'node:assert/strict';
import { loadLibrary } from '../../bot/load/library.ts';
import { noticesOf } from '../../bot/load/notices.ts';
import { cityCopy } from '../support/city.ts';

describe('a notice', () => {
  const city = cityCopy();
  after(() => city.remove());
  city.edit('content/sources.yaml', 'checked: 2026-11-22', 'checked: 2025-01-10');
  const loaded = loadLibrary(city.root);
  assert.ok(loaded.ok);
  const said = (today: Parameters<typeof noticesOf>[1]) => noticesOf(loaded.files, today).map(({ message }) => message);

  it('names a source that nobody has checked for a year', () => {
    const isStale = (message: string) => /2025-01-10 から確かめられていません/.test(message);
    assert.equal(said('2026-01-10').filter(isStale).length, 0);
    assert.equal(said('2026-01-11').filter(isStale).length, 1);
  });

  it('names a source of which nobody knows where it is', () => {
    assert.ok(said('2026-01-10').some((message) => /「jlis-fraud」.*place/.test(message)));
  });

  it('comes a year before the known holidays end', () => {
    const isEnding = (message: string) => message.startsWith('祝日は 2050-11-23 まで');
    assert.ok(!said('2049-11-20').some(isEnding));
    assert.ok(said('2049-11-25').some(isEnding));
  });
});
