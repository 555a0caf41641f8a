/** How LINE's API answers: JSON, and every breach of a rule with its place. */
import type { Request, RequestHandler, Router } from 'express';
import type { z } from 'zod';
import type { Answer } from './platform.ts';

export const done: Answer = { status: 200, body: {} };
export const no = (status: number, message: string): Answer => ({ status, body: { message } });

/** Routes that answer as soon as they are asked. */
export function routesOf(router: Router) {
  return (method: 'get' | 'post' | 'put' | 'delete', path: string, answer: (request: Request) => Answer) =>
    router[method](path, (request, response) => send(response, answer(request)));
}

export function send(response: Parameters<RequestHandler>[1], { status, body, headers = {} }: Answer): void {
  response.status(status).set(headers).json(body);
}

/** A request that breaks a rule is refused whole: nothing of it is done. */
export function ifRight<Shape extends z.ZodType>(
  shape: Shape,
  body: unknown,
  then: (read: z.infer<Shape>) => Answer,
): Answer {
  const parsed = shape.safeParse(body);
  return parsed.success ? then(parsed.data) : { status: 400, body: refusalOf(parsed.error) };
}

/** What LINE answers to a request that breaks its rules: every breach, with its place as `messages[0].text`. */
function refusalOf({ issues }: z.ZodError): object {
  const details = issues.map(({ message, path }) => ({ message, property: propertyOf(path) }));
  return { message: `The request body has ${details.length} error(s)`, details };
}

function propertyOf(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
}
