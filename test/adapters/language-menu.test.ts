/** The rich menu in a resident's language: linked at LINE by its alias, and no harm done where that cannot be. */
import assert from 'node:assert/strict';
import nock from 'nock';
import { languageMenu } from '../../adapters/line/language-menu.ts';
import { longLived } from '../../adapters/line/token.ts';
import { silent } from '../support/silent.ts';

const line = 'https://api.line.me';
const resident = 'U8e742f61d673b39c7fff3cecb7536ef0';

describe('the menu in a resident’s language', () => {
  const clock = { now: 0 };
  const warnings: string[] = [];
  let show: ReturnType<typeof languageMenu>;
  before(() => nock.disableNetConnect());
  beforeEach(() => {
    warnings.length = 0;
    clock.now = 0;
    show = languageMenu({
      accessToken: longLived('access-token'),
      apiBaseUrl: line,
      log: { ...silent, warn: (...words) => void warnings.push(JSON.stringify(words)) },
      mainLanguage: 'ja',
      now: () => clock.now,
    });
  });
  afterEach(() => nock.cleanAll());
  after(() => nock.enableNetConnect());

  const at = () => nock(line, { reqheaders: { authorization: 'Bearer access-token' } });
  const alias = (status: number, body: nock.Body) =>
    at().get('/v2/bot/richmenu/alias/koshin-zh-hans').reply(status, body);
  const link = (menu: string, status = 200) => at().post(`/v2/bot/user/${resident}/richmenu/${menu}`).reply(status, {});
  const unlink = (status = 200) => at().delete(`/v2/bot/user/${resident}/richmenu`).reply(status, {});
  const allAsked = () => assert.deepEqual(nock.pendingMocks(), []);

  it('is found by its alias and linked; for ten minutes it is not looked for again', async () => {
    alias(200, { richMenuAliasId: 'koshin-zh-hans', richMenuId: 'menu-1' });
    link('menu-1');
    await show(resident, 'zh-Hans');
    link('menu-1');
    await show(resident, 'zh-Hans');
    allAsked();
    clock.now += 10 * 60_000;
    alias(200, { richMenuAliasId: 'koshin-zh-hans', richMenuId: 'menu-2' });
    link('menu-2');
    await show(resident, 'zh-Hans');
    allAsked();
    assert.deepEqual(warnings, []);
  });

  it('is everybody’s again for the main language, also where none was linked', async () => {
    for (const status of [200, 404]) {
      unlink(status);
      await show(resident, 'ja');
      allAsked();
    }
    assert.deepEqual(warnings, []);
  });

  it('is everybody’s where nobody has set one up in that language', async () => {
    alias(404, { message: 'richmenu alias not found' });
    unlink();
    await show(resident, 'zh-Hans');
    allAsked();
    assert.deepEqual(warnings, []);
  });

  it('that has gone meanwhile is looked for once more at once', async () => {
    alias(200, { richMenuId: 'menu-1' });
    link('menu-1', 404);
    alias(200, { richMenuId: 'menu-2' });
    link('menu-2');
    await show(resident, 'zh-Hans');
    allAsked();
    assert.deepEqual(warnings, []);
    for (const menu of ['menu-2', 'menu-3']) link(menu, 404);
    alias(200, { richMenuId: 'menu-3' });
    await show(resident, 'zh-Hans');
    allAsked();
    assert.equal(warnings.length, 1, 'but not for ever');
  });

  it('of two changes the later one holds, though the first takes longer', async () => {
    const done: string[] = [];
    alias(200, { richMenuId: 'menu-1' }).on('replied', () => void done.push('found'));
    link('menu-1').on('replied', () => void done.push('linked'));
    unlink().on('replied', () => void done.push('unlinked'));
    await Promise.all([show(resident, 'zh-Hans'), show(resident, 'ja')]);
    assert.deepEqual(done, ['found', 'linked', 'unlinked']);
  });

  it('stays as it was when LINE fails, and the log names nobody', async () => {
    alias(500, '');
    await show(resident, 'zh-Hans');
    alias(200, 'no JSON');
    await show(resident, 'zh-Hans');
    unlink(500);
    await show(resident, 'ja');
    assert.equal(warnings.length, 3);
    assert.doesNotMatch(warnings.join(), new RegExp(resident));
  });
});
