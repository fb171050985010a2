/**
 * Runs a TypeScript entry on the Node that the project pins, after installing what package-lock.json asks for.
 *
 * Plain JavaScript without dependencies, because it is what runs in a fresh clone: any Node from 20 on starts it.
 * Usage: node infra/bootstrap.mjs ENTRY.ts [ARGUMENTS…]
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const pinnedNode = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
const marker = join(root, 'node_modules', '.installed-lock');
/** Held by the process that installs; holds its id. */
const turn = join(root, '.build', 'installing');

if (!isInstalled()) alone(() => isInstalled() || install());
run(process.argv.slice(2));

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

function isInstalled() {
  return existsSync(marker) && readFileSync(marker, 'utf8') === lockHash() && existsSync(pinnedNode);
}

function install() {
  process.stderr.write('Installing the packages of package-lock.json …\n');
  // A test runner calls this with NODE_ENV=production in some set-ups; the tools are devDependencies.
  const result = spawnSync('npm', ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (result.status !== 0) {
    process.stderr.write('npm ci failed: see the lines above.\n');
    rmSync(turn, { force: true });
    process.exit(result.status ?? 1);
  }
  writeFileSync(marker, lockHash());
}

/** Two that install at once would delete what the other has just written: the second waits, and finds everything there. */
function alone(work) {
  mkdirSync(dirname(turn), { recursive: true });
  while (!taken()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
  try {
    work();
  } finally {
    rmSync(turn, { force: true });
  }
}

/** Takes the turn, also from a process that is gone. */
function taken() {
  try {
    writeFileSync(turn, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  try {
    process.kill(Number(readFileSync(turn, 'utf8')), 0);
  } catch (error) {
    if (error.code === 'ESRCH') rmSync(turn, { force: true });
  }
  return false;
}

function run(args) {
  const env = { ...process.env, PATH: `${dirname(pinnedNode)}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH ?? ''}` };
  const child = spawn(pinnedNode, ['--disable-warning=ExperimentalWarning', ...args], { stdio: 'inherit', env });
  // Ctrl-C reaches the child through the terminal's process group; this process only waits for it to close what it holds.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}
