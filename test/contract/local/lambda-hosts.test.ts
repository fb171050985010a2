import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, vi } from 'vitest';

describe('a host of functions', () => {
  // A killed host cannot clean up behind itself.
  const folder = mkdtempSync(join(tmpdir(), 'xm-hosts-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Starts the host under other variables and answers what its function said. */
  async function host(isolation: string, source: string, variables: Record<string, string> = {}) {
    const script = fileURLToPath(new URL('./lambda-host.ts', import.meta.url));
    const child = spawn(process.execPath, [script, isolation, source], {
      env: { ...process.env, TMPDIR: folder, ...variables },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    return { child, answer: JSON.parse(line) as unknown };
  }

  it.each(['thread', 'process'])('gives each %s the time zone of Lambda, whatever its own is', async (isolation) => {
    const { child, answer } = await host(isolation, 'export const handler = async () => new Date(2026, 0).toString();', {
      TZ: 'Asia/Jakarta',
    });
    child.kill('SIGKILL');
    expect(answer).toMatch(/00:00:00 GMT\+0000/);
  });

  it.each(['thread', 'process'])('takes the process of each %s with it, however it ends', async (isolation) => {
    const { child, answer } = await host(isolation, 'export const handler = async () => process.pid;');
    expect(answer).not.toBe(child.pid);
    expect(isRunning(Number(answer))).toBe(true);
    child.kill('SIGKILL');
    await vi.waitFor(() => expect(isRunning(Number(answer))).toBe(false), { timeout: 5_000 });
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
