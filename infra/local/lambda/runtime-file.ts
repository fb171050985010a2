import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('./runtime/main.ts', import.meta.url));
const protocol = fileURLToPath(new URL('./protocol.ts', import.meta.url));
const outputDirectory = fileURLToPath(new URL('../../../.build/local-runtime', import.meta.url));

/**
 * Bundles the program that runs inside execution environments to one plain JavaScript file, once for each state of its sources, and answers its path.
 * Node could run the sources directly, but would load its type stripper into every new environment: 45 ms of a cold start each.
 */
export async function runtimeFile(): Promise<string> {
  const sources = [protocol, ...globSync(join(dirname(program), '*.ts')).toSorted()];
  const hash = createHash('sha256').update(process.version);
  for (const source of sources) hash.update(readFileSync(source)).update('\0');
  const file = join(outputDirectory, `${hash.digest('hex').slice(0, 16)}.mjs`);
  if (existsSync(file)) return file;
  const { build } = await import('esbuild');
  mkdirSync(outputDirectory, { recursive: true });
  const unfinished = `${file}.${process.pid}.mjs`;
  await build({
    entryPoints: [program],
    outfile: unfinished,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    legalComments: 'none',
    logLevel: 'warning',
  });
  // Several stacks may start at once; the last one to finish replaces the same content.
  renameSync(unfinished, file);
  return file;
}
