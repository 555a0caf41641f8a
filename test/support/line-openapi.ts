/**
 * LINE's own API description as the judge of what we send. It lies beside the project (`../shared`, or KOSHIN_SHARED), not in it.
 *
 * Its types are told apart by `discriminator`, which JSON Schema does not know: each base type becomes "one of these, by `type`",
 * and what its subtypes inherit is a copy of the base as it stood.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { parse } from 'yaml';
import { root } from '../../bot/root.ts';

interface Schema {
  [key: string]: unknown;
  discriminator?: { mapping?: Record<string, string> };
}

export const shared = process.env.KOSHIN_SHARED ?? join(root, '..', 'shared');
const folder = join(shared, 'line-openapi');

export const openapiMissing = `skipped: LINE's API description is not at ${folder} (set KOSHIN_SHARED)`;

/** What is judged, and the file that describes it. */
const files = {
  ReplyMessageRequest: 'messaging-api.yml',
  PushMessageRequest: 'messaging-api.yml',
  CallbackRequest: 'webhook.yml',
  RichMenuRequest: 'messaging-api.yml',
  CreateRichMenuAliasRequest: 'messaging-api.yml',
  UpdateRichMenuAliasRequest: 'messaging-api.yml',
  RichMenuBatchRequest: 'messaging-api.yml',
  SetWebhookEndpointRequest: 'messaging-api.yml',
  TestWebhookEndpointRequest: 'messaging-api.yml',
} as const;

/** What LINE's description has against a request body, as sentences; undefined when the description is not there. */
export function lineJudge(): ((schema: keyof typeof files, body: unknown) => string[]) | undefined {
  if (!existsSync(folder)) return undefined;
  const ajv = new Ajv2019({ strict: false, allErrors: false, validateFormats: false });
  for (const file of new Set(Object.values(files))) {
    const { components } = parse(readFileSync(join(folder, file), 'utf8')) as {
      components: { schemas: Record<string, Schema> };
    };
    ajv.addSchema({ $id: file, components: { schemas: resolved(components.schemas) } });
  }
  return (schema, body) => {
    const validate = ajv.getSchema(`${files[schema]}#/components/schemas/${schema}`);
    if (!validate) throw new Error(`LINE's description has no ${schema}`);
    return validate(body)
      ? []
      : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
}

function resolved(schemas: Record<string, Schema>): Record<string, Schema> {
  const bases = Object.entries(schemas).filter(([, schema]) => schema.discriminator?.mapping);
  const isBase = new Set(bases.map(([name]) => name));
  const inherited = Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [
      name,
      Array.isArray(schema.allOf) ? { ...schema, allOf: schema.allOf.map((part) => toCopy(part, isBase)) } : schema,
    ]),
  );
  const copies = bases.map(([name, { discriminator: _, ...schema }]) => [`${name}Base`, schema] as const);
  const choices = bases.map(([name, { discriminator }]) => [name, byType(discriminator?.mapping ?? {})] as const);
  return { ...inherited, ...Object.fromEntries(copies), ...Object.fromEntries(choices) };
}

function toCopy(part: unknown, isBase: ReadonlySet<string>): unknown {
  const name =
    typeof part === 'object' && part !== null && '$ref' in part ? String(part.$ref).split('/').at(-1) : undefined;
  return name !== undefined && isBase.has(name) ? { $ref: `#/components/schemas/${name}Base` } : part;
}

/** Unknown types and unknown properties are refused: LINE would. */
function byType(mapping: Record<string, string>): Schema {
  return {
    type: 'object',
    required: ['type'],
    properties: { type: { enum: Object.keys(mapping) } },
    allOf: Object.entries(mapping).map(([type, $ref]) => ({
      if: { properties: { type: { const: type } } },
      // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own keyword
      then: { $ref, unevaluatedProperties: false },
    })),
  };
}
