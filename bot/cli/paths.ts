/** `npm run paths`: rewrites test/paths/*.md, a page of all paths for each flow that has samples beside it. */
import { existsSync, writeFileSync } from 'node:fs';
import { root } from '../root.ts';
import { loadOrStop } from './load-or-stop.ts';
import { pathsHtml } from './paths-html.ts';
import { pathsPage, readSamples } from './paths-page.ts';

const { library } = loadOrStop();
for (const flow of library.flows.values()) {
  const samples = `${root}/test/paths/${flow.id}.yaml`;
  if (!existsSync(samples)) {
    console.error(`test/paths/${flow.id}.yaml がないので、${flow.title}のページは作れません。`);
    process.exitCode = 1;
    continue;
  }
  const read = readSamples(samples);
  writeFileSync(`${root}/test/paths/${flow.id}.md`, pathsPage(flow, library, read));
  writeFileSync(`${root}/test/paths/${flow.id}.html`, pathsHtml(flow, library, read));
  console.log(`test/paths/${flow.id}.md と ${flow.id}.html を書きました。html は、ほかのファイルなしで開けます。`);
}
