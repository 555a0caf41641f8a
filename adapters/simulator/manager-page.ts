/** The stand-in for the LINE Official Account Manager: the switches that LINE's API does not have. */
import express, { type Router } from 'express';
import helmet from 'helmet';
import type { Account, Switches } from './account.ts';

/** As they are called there, and which position the bot needs. */
const named: readonly (readonly [keyof Switches, string, string])[] = [
  ['webhook', 'Webhookの利用', 'オン'],
  ['redelivery', 'Webhookの再送', 'オン'],
  ['autoReply', '応答メッセージ', 'オフ'],
  ['greeting', 'あいさつメッセージ', 'オフ'],
  ['chat', 'チャット', 'オフ'],
];

export function managerPage({ switches, displayName }: Account): Router {
  const router = express.Router();
  // It is reached over http, on this machine.
  const contentSecurityPolicy = { directives: { upgradeInsecureRequests: null } };
  router.use(helmet({ strictTransportSecurity: false, contentSecurityPolicy }));
  router.get('/', ({ query }, response) => {
    response.type('html').send(page(switches, displayName, query.saved !== undefined));
  });
  router.post('/', express.urlencoded({ extended: false }), (request, response) => {
    const site = request.get('sec-fetch-site');
    if (site !== undefined && site !== 'same-origin') return void response.sendStatus(403);
    for (const [name] of named) switches[name] = request.body?.[name] === 'on';
    response.redirect(303, '/manager?saved');
  });
  return router;
}

function page(switches: Switches, displayName: string, isSaved: boolean): string {
  const rows = named.map(
    ([name, called, needed]) =>
      `<p><label><input type="checkbox" name="${name}"${switches[name] ? ' checked' : ''}> ${called}</label> <small>（更新ナビでは${needed}）</small></p>`,
  );
  return `<!doctype html>
<html lang="ja">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${displayName} の設定</title><link rel="stylesheet" href="/page/colours.css"><link rel="stylesheet" href="/simulator/page/manager.css"></head>
<body><main><h1>${displayName} の設定</h1>
<p>LINE Developers コンソールと LINE Official Account Manager で切りかえるものの、練習用です。</p>
<form method="post">
${rows.join('\n')}
<button type="submit">保存</button>
</form>
<p role="status">${isSaved ? '保存しました。' : ''}</p>
<p><a href="/">トークの画面へ</a></p></main></body>
</html>
`;
}
