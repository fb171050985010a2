/** `npm run build`: bundles every function and prints the sizes; `-- --why ENTRY` says what a bundle is made of. */
import { parseArgs } from 'node:util';
import { buildFunctions, bundleContents } from '../build.ts';

const { values } = parseArgs({ options: { why: { type: 'string' } } });

for (const { entry, bytes } of await buildFunctions()) console.log(`${kilobytes(bytes)}  ${entry}`);
if (values.why) {
  console.log(`\n${values.why}:`);
  for (const [name, bytes] of bundleContents(values.why)) console.log(`${kilobytes(bytes)}  ${name}`);
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1).padStart(8)} kB`;
}
