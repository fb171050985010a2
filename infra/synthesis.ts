/**
 * Bundles and template, made when their sources have changed since the last time.
 *
 * Synthesis takes seconds and loads the whole CDK; a second start must not wait for what it already has.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  globSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { root } from './build.ts';
import { inTurn, isAlive } from './in-turn.ts';

/** What the bundles and the template are made of. */
const sources = [
  'functions/**/*.ts',
  'shared/**/*.{ts,json}',
  'web/**/*.{ts,tsx,css,html,svg}',
  'infra/*.ts',
  'infra/documents/*',
  'infra/{stacks,capabilities,constructs}/**/*.ts',
  'cdk.json',
  'package-lock.json',
];

const turn = join(root, '.build', 'synthesising');

/** What a synthesis may print. */
const outputBytesMax = 16_000_000;

export interface Synthesis {
  /** The cloud assembly: manifest, template and assets. */
  readonly directory: string;
  /** False when the sources had not changed and nothing was made. */
  readonly made: boolean;
}

/** Answers the cloud assembly of the sources as they are now. Throws what esbuild, the CDK or cdk-nag find wrong. */
export async function synthesise(): Promise<Synthesis> {
  const fingerprint = sourceFingerprint();
  const directory = join(root, '.build', 'assembly');
  removeUnfinished(directory);
  const stamp = join(directory, 'source-fingerprint');
  const isMade = (): boolean => existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint;
  if (isMade()) return { directory, made: false };
  // One at a time: the bundles have one place.
  return inTurn(turn, async () => {
    if (isMade()) return { directory, made: false };
    await make(directory);
    writeFileSync(stamp, fingerprint);
    return { directory, made: true };
  });
}

/**
 * Gives somebody the assembly for as long as they need it, in a folder of their own: the next synthesis removes what it replaces, and environments load
 * their code when they start. Files are linked, and where another disk does not allow it, copied.
 */
export async function keepAssembly(directory: string, own: string): Promise<string> {
  rmSync(own, { recursive: true, force: true });
  return inTurn(turn, async () => {
    for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())) {
      const from = join(entry.parentPath, entry.name);
      const to = join(own, relative(directory, from));
      mkdirSync(dirname(to), { recursive: true });
      linkOrCopy(from, to);
    }
    return own;
  });
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}

/** Works beside the old assembly and swaps at the end, so that an interrupted synthesis leaves nothing half made. */
async function make(directory: string): Promise<void> {
  const fresh = `${directory}.${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  await compose(fresh);
  rmSync(directory, { recursive: true, force: true });
  renameSync(fresh, directory);
}

/** In a process of its own: the CDK and esbuild take half a gigabyte, which a stack that runs for days would keep. */
async function compose(outdir: string): Promise<void> {
  const app = promisify(execFile)(process.execPath, [join(root, 'infra', 'app.ts')], {
    cwd: root,
    env: { ...process.env, CDK_OUTDIR: outdir },
    maxBuffer: outputBytesMax,
  });
  await app.catch(({ stdout, stderr, message }: Error & { readonly stdout: string; readonly stderr: string }) => {
    throw new Error(`The template cannot be made.\n${stdout}${stderr || message}`);
  });
}

/** Removes what killed processes left half made beside the assembly, 5 MB each. What a living process makes is left to it. */
export function removeUnfinished(directory: string): void {
  const parent = dirname(directory);
  const prefix = `${basename(directory)}.`;
  const unfinished = existsSync(parent) ? readdirSync(parent).filter((name) => name.startsWith(prefix)) : [];
  for (const name of unfinished) {
    const pid = name.slice(prefix.length);
    if (/^\d+$/.test(pid) && !isAlive(Number(pid))) rmSync(join(parent, name), { recursive: true, force: true });
  }
}

function sourceFingerprint(): string {
  const hash = createHash('sha256').update(process.version);
  for (const file of globSync(sources, { cwd: root }).toSorted()) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}
