/**
 * Compiles what the Log Scanner does to bytes from AssemblyScript to WebAssembly, and writes it as a module that needs no build to run.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inputAt, pageBytes } from '#shared/logs/scan/assembly/memory-layout.ts';

const entry = new URL('../shared/logs/scan/assembly/scan.ts', import.meta.url);
const target = new URL('../shared/logs/scan/assembly/scan.wasm.ts', import.meta.url);
const folder = new URL('.', entry);

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

const options = [
  '--optimizeLevel',
  '3',
  '--noAssert',
  '--runtime',
  'stub',
  '--enable',
  'simd,relaxed-simd',
  '--initialMemory',
  String(inputAt / pageBytes),
];

/** The sources by their names. */
function sources(): ReadonlyMap<string, string> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.wasm.ts'));
  return new Map(names.toSorted().map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]));
}

/** The binary that the sources compile to. Throws with the compiler's own text. */
async function compileScan(): Promise<Uint8Array> {
  // Loaded for this alone: the compiler takes a second to come up.
  const { main } = (await import(compiler)) as Compiler;
  let binary: Uint8Array | undefined;
  const words: string[] = [];
  const files = sources();
  const { error } = await main(['scan.ts', ...options, '--outFile', 'scan.wasm'], {
    stderr: { write: (text) => void words.push(text) },
    readFile: (name) => files.get(name) ?? null,
    writeFile: (_, content) => {
      if (typeof content !== 'string') binary = content;
    },
    listFiles: () => [],
  });
  if (error !== null || binary === undefined) throw new Error(`${fileURLToPath(folder)}: ${words.join('')}`, { cause: error });
  return binary;
}

/** The module that holds the binary; it names the sources that it was compiled from. */
export async function scanModule(): Promise<string> {
  return `/** Compiled from scan.ts and what it takes by infra/build-scan-assembly.ts. */
export const compiledScan =
  '${Buffer.from(await compileScan()).toString('base64')}';
/** SHA-256 of the sources. */
export const compiledFrom = '${sourceDigest()}';
`;
}

function sourceDigest(): string {
  const hash = createHash('sha256');
  for (const [name, text] of sources()) hash.update(`${name}\n${text}`);
  return hash.digest('hex');
}

/** Compiles and writes the module when the sources are others than it was compiled from. */
export async function renewScanModule(): Promise<void> {
  if (!readFileSync(target, 'utf8').includes(sourceDigest())) writeFileSync(target, await scanModule());
}
