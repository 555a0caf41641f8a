/** The JSON Schemas that editors use: fresh, named by every file, and true of every file. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { schemaFolder, schemaLine, schemaOf, schemas } from '../../bot/load/schemas.ts';
import { root } from '../../bot/root.ts';

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const files = ['flows', 'content'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => `${folder}/${name}`),
);

describe('the schemas for editors', () => {
  it('are those of today’s shapes (npm run schemas)', () => {
    for (const [name, schema] of Object.entries(schemas()))
      assert.deepEqual(JSON.parse(read(`${schemaFolder}/${name}.json`)), schema, name);
    assert.equal(readdirSync(join(root, schemaFolder)).length, Object.keys(schemas()).length);
  });

  it('explain every key in Japanese', () => {
    const bare = (schema: unknown, path: string): string[] => {
      if (typeof schema !== 'object' || schema === null) return [];
      const {
        properties,
        required: _,
        ...rest
      } = schema as { properties?: Record<string, object>; required?: unknown };
      const here = Object.entries(properties ?? {}).flatMap(([key, of]) => [
        ...('description' in of || '$ref' in of || 'allOf' in of ? [] : [`${path}.${key}`]),
        ...bare(of, `${path}.${key}`),
      ]);
      return [...here, ...Object.entries(rest).flatMap(([key, of]) => bare(of, `${path}/${key}`))];
    };
    const common = Object.entries(schemas()).filter(([name]) => name !== 'renewal');
    const unexplained = common.flatMap(([name, schema]) => bare(schema, name));
    assert.deepEqual(unexplained, []);
  });

  for (const file of files)
    it(`${file} names its schema, and follows it`, () => {
      const text = read(file);
      assert.equal(text.split('\n')[0], schemaLine(file));
      const ajv = new Ajv({ strict: false });
      const isValid = ajv.compile(schemas()[schemaOf(file)] ?? false);
      assert.ok(isValid(parse(text)), JSON.stringify(isValid.errors));
    });
});
