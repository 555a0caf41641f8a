/** `npm run paths`: rewrites test/paths/*.md of the city's folder, a page of all paths for each flow that has samples there or here. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { root } from '../root.ts';
import { folder } from './channel.ts';
import { loadOrStop } from './load-or-stop.ts';
import { pathsHtml } from './paths-html.ts';
import { pathsPage, readSamples } from './paths-page.ts';

const { library } = loadOrStop();
for (const flow of library.flows.values()) {
  const samples = [folder, root].map((each) => `${each}/test/paths/${flow.id}.yaml`).find((each) => existsSync(each));
  if (!samples) {
    console.error(`test/paths/${flow.id}.yaml がないので、${flow.title}のページは作れません。`);
    process.exitCode = 1;
    continue;
  }
  const read = readSamples(samples);
  mkdirSync(`${folder}/test/paths`, { recursive: true });
  writeFileSync(`${folder}/test/paths/${flow.id}.md`, pathsPage(flow, library, read));
  writeFileSync(`${folder}/test/paths/${flow.id}.html`, pathsHtml(flow, library, read));
  console.log(`test/paths/${flow.id}.md と ${flow.id}.html を書きました。html は、ほかのファイルなしで開けます。`);
}
