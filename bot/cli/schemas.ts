/** `npm run schemas`: rewrites docs/schemas/*.json after the shapes of the files have changed. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { schemaFolder, schemas } from '../load/schemas.ts';
import { root } from '../root.ts';

mkdirSync(`${root}/${schemaFolder}`, { recursive: true });
for (const [name, schema] of Object.entries(schemas()))
  writeFileSync(`${root}/${schemaFolder}/${name}.json`, `${JSON.stringify(schema, null, 2)}\n`);
console.log(`${schemaFolder}/ を書きました。`);
