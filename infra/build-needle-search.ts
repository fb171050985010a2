/**
 * Compiles the search of the Log Scanner's first stage from AssemblyScript to WebAssembly, and writes it as a module that needs no build to run.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const source = new URL('../shared/logs/scan/assembly/needle-search.ts', import.meta.url);
const target = new URL('../shared/logs/scan/assembly/needle-search.wasm.ts', import.meta.url);

/** As much of `assemblyscript/asc` as is used. */
interface Compiler {
  main(
    options: readonly string[],
    host: { readFile(name: string): string | null; writeFile(name: string, content: Uint8Array | string): void; listFiles(): string[] },
  ): Promise<{ readonly error: Error | null; readonly stderr: { toString(): string } }>;
}

const options = ['--optimizeLevel', '3', '--noAssert', '--runtime', 'stub', '--enable', 'simd,relaxed-simd', '--initialMemory', '1'];

/** The binary that the source compiles to. Throws with the compiler's own text. */
export async function compileNeedleSearch(compiler: Compiler): Promise<Uint8Array> {
  let binary: Uint8Array | undefined;
  const text = readFileSync(source, 'utf8');
  const { error, stderr } = await compiler.main(['search.ts', ...options, '--outFile', 'search.wasm'], {
    readFile: (name) => (name === 'search.ts' ? text : null),
    writeFile: (_, content) => {
      if (typeof content !== 'string') binary = content;
    },
    listFiles: () => [],
  });
  if (error !== null || binary === undefined) throw new Error(`${fileURLToPath(source)}: ${stderr.toString()}`, { cause: error });
  return binary;
}

/** The module that holds the binary; it names the source that it was compiled from. */
export function needleSearchModule(binary: Uint8Array): string {
  return `/** Compiled from needle-search.ts by infra/build-needle-search.ts. */
export const compiledSearch =
  '${Buffer.from(binary).toString('base64')}';
/** SHA-256 of the source. */
export const compiledFrom = '${sourceDigest()}';
`;
}

export function sourceDigest(): string {
  return createHash('sha256').update(readFileSync(source)).digest('hex');
}

/** Compiles and writes the module. */
export async function buildNeedleSearch(compiler: Compiler): Promise<void> {
  writeFileSync(target, needleSearchModule(await compileNeedleSearch(compiler)));
}
