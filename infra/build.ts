/**
 * Bundles every file of `functions/<capability>/` for Lambda, in one esbuild call.
 *
 * One file is one function: `functions/logs/plan-file.ts` becomes `.build/functions/logs/plan-file/index.mjs`. The same folders are deployed and run locally.
 */
import { globSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildDocuments } from './build-documents.ts';
import { renewScanModule } from './build-scan-assembly.ts';
import { buildSites } from './build-sites.ts';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const outputDirectory = join(root, '.build', 'functions');
/** Built sites travel in the bundle of the function that publishes them. */
export const sitesDirectory = join(outputDirectory, 'platform', 'publish-site', 'sites');

export interface Bundle {
  /** Path below `functions/` without the ending: `logs/plan-file`. */
  readonly entry: string;
  readonly directory: string;
  readonly bytes: number;
}

/** Every entry below `functions/`, sorted: `logs/plan-file`. */
export function functionEntries(): string[] {
  return globSync('functions/*/*.ts', { cwd: root })
    .map((file) => relative('functions', file).replace(/\.ts$/, ''))
    .toSorted();
}

/** Folder of a function's bundle; it exists after `buildFunctions`. */
export function bundleDirectory(entry: string): string {
  return join(outputDirectory, entry);
}

/** Builds all bundles and sites anew and answers the bundles' sizes. Throws esbuild's own error, which names file and line. */
export async function buildFunctions(): Promise<Bundle[]> {
  await renewScanModule();
  rmSync(outputDirectory, { recursive: true, force: true });
  const entries = functionEntries();
  const result = await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(entries.map((entry) => [`${entry}/index`, `functions/${entry}.ts`])),
    outdir: outputDirectory,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    keepNames: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    // CommonJS packages inside an ES module still ask for `require`.
    banner: { js: "import{createRequire as $createRequire}from'node:module';const require=$createRequire(import.meta.url);" },
  });
  writeFileSync(join(outputDirectory, 'meta.json'), JSON.stringify(result.metafile));
  await buildSites(root, sitesDirectory);
  buildDocuments(join(bundleDirectory('platform/documents'), 'documents'));
  return entries.map(bundleOf);
}

/** The bundles of the last build, without building. */
export function builtFunctions(): Bundle[] {
  return functionEntries().map(bundleOf);
}

function bundleOf(entry: string): Bundle {
  const directory = bundleDirectory(entry);
  return { entry, directory, bytes: statSync(join(directory, 'index.mjs')).size };
}

/** What a bundle is made of, largest first: package or own folder → bytes. For a look at why a bundle has grown. */
export function bundleContents(entry: string): [name: string, bytes: number][] {
  const meta = JSON.parse(readFileSync(join(outputDirectory, 'meta.json'), 'utf8')) as {
    outputs: Record<string, { inputs: Record<string, { bytesInOutput: number }> }>;
  };
  const output = meta.outputs[relative(root, join(bundleDirectory(entry), 'index.mjs'))];
  const sums = new Map<string, number>();
  for (const [path, { bytesInOutput }] of Object.entries(output?.inputs ?? {})) {
    const name = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? dirname(path);
    sums.set(name, (sums.get(name) ?? 0) + bytesInOutput);
  }
  return [...sums].toSorted((a, b) => b[1] - a[1]);
}
