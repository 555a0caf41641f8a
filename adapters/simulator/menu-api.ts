/** Rich menus over LINE's API: menus, pictures, aliases, who sees which (docs: Messaging API reference, rich menu). */
import { randomBytes } from 'node:crypto';
import express, { type Request, type Router } from 'express';
import { z } from 'zod';
import type { Account } from './account.ts';
import { done, ifRight, no, routesOf, send } from './answer.ts';
import { richMenuRequest } from './message-rules.ts';
import type { Answer } from './platform.ts';

const largestImageBytes = 1024 * 1024;
const imageTypes = ['image/png', 'image/jpeg'];
const alias = z.string().regex(/^[a-z0-9_-]{1,32}$/, 'The property, richMenuAliasId, must match [a-z0-9_-]{1,32}');
/** As far as the bot asks for it. */
const batchShape = z.object({
  operations: z
    .array(z.object({ type: z.literal('link'), from: z.string(), to: z.string() }))
    .min(1)
    .max(1000),
});

export function menuApi(account: Account): Router {
  const { menus, aliases, linked } = account;
  const api = express.Router();
  const route = routesOf(api);
  const idIn = ({ params }: Request) => String(params.id);
  const withMenu = (id: string, then: (id: string) => Answer) =>
    menus.has(id) ? then(id) : no(404, 'richmenu not found');
  const withImage = (id: string, then: (id: string) => void) =>
    withMenu(id, () => {
      if (!menus.get(id)?.image) return no(400, 'must upload richmenu image before applying it to user');
      then(id);
      return done;
    });

  route('post', '/richmenu/validate', ({ body }) => ifRight(richMenuRequest, body, () => done));
  route('post', '/richmenu', ({ body }) =>
    ifRight(richMenuRequest, body, (menu) => {
      const richMenuId = `richmenu-${randomBytes(16).toString('hex')}`;
      menus.set(richMenuId, { ...menu, richMenuId, image: undefined });
      return { status: 200, body: { richMenuId } };
    }),
  );
  route('get', '/richmenu/list', () => ({
    status: 200,
    body: { richmenus: [...menus.values()].map(({ image: _, ...menu }) => menu) },
  }));

  api.post('/richmenu/batch', (request, response) => {
    const answer = ifRight(batchShape, request.body, ({ operations }) => {
      for (const { from, to } of operations)
        for (const [resident, menu] of linked) if (menu === from) linked.set(resident, to);
      return { status: 202, body: {} };
    });
    send(response, answer);
  });
  route('get', '/richmenu/progress/batch', () => {
    const now = new Date().toISOString();
    return { status: 200, body: { phase: 'succeeded', acceptedTime: now, completedTime: now } };
  });

  route('post', '/richmenu/alias', ({ body }) =>
    ifRight(z.object({ richMenuAliasId: alias, richMenuId: z.string() }), body, ({ richMenuAliasId, richMenuId }) =>
      aliases.has(richMenuAliasId)
        ? no(400, 'conflict richmenu alias id')
        : withImage(richMenuId, () => aliases.set(richMenuAliasId, richMenuId)),
    ),
  );
  route('get', '/richmenu/alias/list', () => ({
    status: 200,
    body: { aliases: [...aliases].map(([richMenuAliasId, richMenuId]) => ({ richMenuAliasId, richMenuId })) },
  }));
  const withAlias = (request: Request, then: (id: string) => Answer) =>
    aliases.has(idIn(request)) ? then(idIn(request)) : no(404, 'richmenu alias not found');
  route('get', '/richmenu/alias/:id', (request) =>
    withAlias(request, (id) => ({ status: 200, body: { richMenuAliasId: id, richMenuId: aliases.get(id) } })),
  );
  route('post', '/richmenu/alias/:id', (request) =>
    withAlias(request, (id) =>
      ifRight(z.object({ richMenuId: z.string() }), request.body, ({ richMenuId }) =>
        withImage(richMenuId, () => aliases.set(id, richMenuId)),
      ),
    ),
  );
  route('delete', '/richmenu/alias/:id', (request) =>
    withAlias(request, (id) => {
      aliases.delete(id);
      return done;
    }),
  );

  api.post(
    '/richmenu/:id/content',
    express.raw({ type: () => true, limit: largestImageBytes }),
    (request, response) => {
      const bytes: unknown = request.body;
      const type = request.get('content-type') ?? '';
      send(
        response,
        withMenu(idIn(request), (id) => {
          const menu = menus.get(id);
          if (!menu || !Buffer.isBuffer(bytes) || !imageTypes.includes(type)) return no(400, 'invalid content type');
          if (menu.image) return no(400, 'An image has already been uploaded to the richmenu');
          if (type === 'image/png' && !isSized(bytes, menu.size))
            return no(400, 'The image size is not the same as the rich menu');
          menu.image = { type, bytes };
          return done;
        }),
      );
    },
  );
  api.get('/richmenu/:id/content', (request, response) => {
    const { image } = menus.get(idIn(request)) ?? {};
    if (!image) return send(response, no(404, 'richmenu image not found'));
    response.type(image.type).send(image.bytes);
  });
  route('delete', '/richmenu/:id', (request) =>
    withMenu(idIn(request), (id) => {
      menus.delete(id);
      for (const [resident, menu] of linked) if (menu === id) linked.delete(resident);
      for (const [name, menu] of aliases) if (menu === id) aliases.delete(name);
      if (account.defaultMenu === id) account.defaultMenu = undefined;
      return done;
    }),
  );

  route('get', '/user/all/richmenu', () =>
    account.defaultMenu === undefined
      ? no(404, 'no default richmenu')
      : { status: 200, body: { richMenuId: account.defaultMenu } },
  );
  route('post', '/user/all/richmenu/:id', (request) =>
    withImage(idIn(request), (id) => {
      account.defaultMenu = id;
    }),
  );
  route('delete', '/user/all/richmenu', () => {
    account.defaultMenu = undefined;
    return done;
  });
  route('post', '/user/:user/richmenu/:id', (request) =>
    withImage(idIn(request), (id) => linked.set(String(request.params.user), id)),
  );
  route('delete', '/user/:user/richmenu', ({ params }) => {
    linked.delete(String(params.user));
    return done;
  });
  return api;
}

/** PNG: width and height stand in the first chunk. */
function isSized(png: Buffer, { width, height }: { readonly width: number; readonly height: number }): boolean {
  return png.length > 24 && png.readUInt32BE(16) === width && png.readUInt32BE(20) === height;
}
