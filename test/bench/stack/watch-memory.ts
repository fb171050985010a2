/**
 * Memory of everything that this process has started, and of what that has started. Linux alone tells it.
 */
import { readdirSync, readFileSync } from 'node:fs';

const everyMs = 1_000;

/** Looks every second until it is stopped; `stop` answers the most that was resident at once, in megabytes. What processes share is counted in each. */
export function watchMemory(): { stop(): number | undefined } {
  let peak: number | undefined;
  const look = (): void => {
    const megabytes = descendants(process.pid).reduce((sum, { residentBytes }) => sum + residentBytes, 0) / 1e6;
    if (megabytes > (peak ?? 0)) peak = megabytes;
  };
  const timer = setInterval(look, everyMs);
  return {
    stop() {
      look();
      clearInterval(timer);
      return peak;
    },
  };
}

interface Process {
  readonly id: number;
  readonly parent: number;
  readonly residentBytes: number;
}

function descendants(ancestor: number): Process[] {
  const byParent = Map.groupBy(allProcesses(), ({ parent }) => parent);
  const found: Process[] = [];
  const waiting = [ancestor];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const children = byParent.get(id) ?? [];
    found.push(...children);
    waiting.push(...children.map((child) => child.id));
  }
  return found;
}

function allProcesses(): Process[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((id) => statusOf(Number(id)) ?? []);
}

/** Undefined for one that has just ended, and for the kernel's own. */
function statusOf(id: number): Process | undefined {
  try {
    const status = readFileSync(`/proc/${id}/status`, 'utf8');
    const [parent, resident] = [/^PPid:\s+(\d+)/m, /^VmRSS:\s+(\d+) kB/m].map((line) => line.exec(status)?.[1]);
    return resident === undefined ? undefined : { id, parent: Number(parent), residentBytes: Number(resident) * 1024 };
  } catch {
    return undefined;
  }
}
