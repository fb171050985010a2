/**
 * Compiles the search of the Log Scanner's first stage from AssemblyScript to WebAssembly, and writes it as a module that needs no build to run.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const source = new URL('../shared/logs/scan/assembly/needle-search.ts', import.meta.url);
const target = new URL('../shared/logs/scan/assembly/needle-search.wasm.ts', import.meta.url);

/** Its own types would make every global of this project AssemblyScript's: the name is none that TypeScript follows. */
const compiler: string = 'assemblyscript/asc';

/** As much of it as is used. */
interface Compiler {
  readonly main: (options: readonly string[], host: CompilerHost) => Promise<{ readonly error: Error | null }>;
}

interface CompilerHost {
  readonly stderr: { readonly write: (text: string) => void };
  readonly readFile: (name: string) => string | null;
  readonly writeFile: (name: string, content: Uint8Array | string) => void;
  readonly listFiles: () => string[];
}

const options = ['--optimizeLevel', '3', '--noAssert', '--runtime', 'stub', '--enable', 'simd,relaxed-simd', '--initialMemory', '1'];

/** The binary that the source compiles to. Throws with the compiler's own text. */
async function compileNeedleSearch(): Promise<Uint8Array> {
  // Loaded for this alone: the compiler takes a second to come up.
  const { main } = (await import(compiler)) as Compiler;
  let binary: Uint8Array | undefined;
  const words: string[] = [];
  const text = readFileSync(source, 'utf8');
  const { error } = await main(['search.ts', ...options, '--outFile', 'search.wasm'], {
    stderr: { write: (text) => void words.push(text) },
    readFile: (name) => (name === 'search.ts' ? text : null),
    writeFile: (_, content) => {
      if (typeof content !== 'string') binary = content;
    },
    listFiles: () => [],
  });
  if (error !== null || binary === undefined) throw new Error(`${fileURLToPath(source)}: ${words.join('')}`, { cause: error });
  return binary;
}

/** The module that holds the binary; it names the source that it was compiled from. */
export async function needleSearchModule(): Promise<string> {
  return `/** Compiled from needle-search.ts by infra/build-needle-search.ts. */
export const compiledSearch =
  '${Buffer.from(await compileNeedleSearch()).toString('base64')}';
/** SHA-256 of the source. */
export const compiledFrom = '${sourceDigest()}';
`;
}

function sourceDigest(): string {
  return createHash('sha256').update(readFileSync(source)).digest('hex');
}

/** Compiles and writes the module when the source is another one than it was compiled from. */
export async function renewNeedleSearch(): Promise<void> {
  if (!readFileSync(target, 'utf8').includes(sourceDigest())) writeFileSync(target, await needleSearchModule());
}
