/**
 * Builds the pages of `web/<site>/` with esbuild.
 *
 * `index.html` names its sources (`src="/src/main.ts"`); the build puts each bundle below `assets/` under a name made of its content,
 * and the names into the page. So a file of `assets/` never changes, and a page names exactly the files it was built with.
 */
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { build, type Metafile } from 'esbuild';

/** Sources that a page names: scripts, styles and icons. */
const reference = /(?<=\b(?:src|href)=")\/src\/[^"]+(?=")/g;

/** Builds every site of `<root>/web` into `<outputDirectory>/<site>`, anew. Throws esbuild's own error, which names file and line. */
export async function buildSites(root: string, outputDirectory: string): Promise<void> {
  rmSync(outputDirectory, { recursive: true, force: true });
  for (const page of globSync('web/*/index.html', { cwd: root })) {
    await buildSite(join(root, dirname(page)), join(outputDirectory, basename(dirname(page))));
  }
}

async function buildSite(directory: string, outputDirectory: string): Promise<void> {
  const page = readFileSync(join(directory, 'index.html'), 'utf8');
  const sources = new Set(page.match(reference));
  const { metafile } = await build({
    absWorkingDir: directory,
    entryPoints: [...sources].map((source) => `.${source}`),
    entryNames: 'assets/[name]-[hash]',
    chunkNames: 'assets/[name]-[hash]',
    assetNames: 'assets/[name]-[hash]',
    outdir: outputDirectory,
    publicPath: '/',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    loader: { '.svg': 'copy' },
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
  });
  const built = builtNames(metafile, join(directory), outputDirectory);
  mkdirSync(outputDirectory, { recursive: true });
  writeFileSync(
    join(outputDirectory, 'index.html'),
    page.replaceAll(reference, (source) => built.get(source) ?? source),
  );
}

/** Source as the page names it → path of what was built from it. */
function builtNames({ outputs }: Metafile, directory: string, outputDirectory: string): Map<string, string> {
  return new Map(
    Object.entries(outputs).flatMap(([output, { entryPoint, inputs }]) => {
      // A copied file is its own entry point, which the metafile leaves out.
      const source = entryPoint ?? Object.keys(inputs)[0];
      return source === undefined ? [] : [[`/${source}`, `/${relative(outputDirectory, join(directory, output))}`]];
    }),
  );
}
