/**
 * Work that processes of this machine do one at a time.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const turnPollMs = 200;

/** Does the work once nobody else holds the turn: a file, which holds the id of who does. A turn that a killed process left is nobody's. */
export async function inTurn<Done>(turn: string, work: () => Promise<Done>): Promise<Done> {
  mkdirSync(dirname(turn), { recursive: true });
  while (!isTaken(turn)) await setTimeout(turnPollMs);
  try {
    return await work();
  } finally {
    rmSync(turn, { force: true });
  }
}

function isTaken(turn: string): boolean {
  try {
    writeFileSync(turn, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (existsSync(turn) && !isAlive(Number(readFileSync(turn, 'utf8')))) rmSync(turn, { force: true });
    return false;
  }
}

/** Whether there is such a process, of whomever. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Any other refusal means that there is one, of somebody else.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
