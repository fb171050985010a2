import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Capacity } from '#infra/local/lambda/capacity.ts';
import { FunctionLog } from '#infra/local/lambda/function-log.ts';
import { FunctionPool } from '#infra/local/lambda/function-pool.ts';
import type { SandboxListener, StartSandbox } from '#infra/local/lambda/sandbox.ts';

let folder: string;
const pools: FunctionPool[] = [];

/** Time that passes by the test's word: on a busy machine the pool would find that nothing came free for long, and be right. */
beforeEach(() => {
  vi.useFakeTimers();
  folder = mkdtempSync(join(tmpdir(), 'xm-pool-'));
});

afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.close();
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

/** Environments without any code: each loads within `loadingMs` and answers an event when `work` is done. */
function environments(work: () => Promise<unknown>, loadingMs = 1) {
  let started = 0;
  const start: StartSandbox = (_spec, listener) => {
    started += 1;
    return {
      send: (message) => void answer(message, listener),
      shiftClock: async () => {},
      kill: async () => listener.exit({ outOfMemory: false, status: 'killed' }),
    };
  };
  const answer = async (message: Parameters<ReturnType<StartSandbox>['send']>[0], listener: SandboxListener): Promise<void> => {
    await sleep(message.type === 'init' ? loadingMs : 1);
    if (message.type === 'init') return listener.message({ type: 'initialised' });
    await work();
    if (message.type === 'run') listener.message({ type: 'answered', requestId: message.requestId, json: '1', memoryBytes: 0 });
  };
  return { start, count: () => started };
}

function poolOf(startSandbox: StartSandbox, areBusy: boolean): FunctionPool {
  const log = { info: () => undefined, warn: () => undefined };
  const pool = new FunctionPool({
    config: {
      logicalId: 'F',
      name: 'f',
      arn: 'arn:f',
      handler: 'index.handler',
      runtime: 'nodejs24.x',
      timeoutMs: 20_000,
      memoryMegabytes: 128,
      reservedConcurrency: undefined,
      variables: {},
      logGroupName: '/f',
      taskRoot: folder,
    },
    sources: { region: 'r', principal: { accessKeyId: 'key', secretAccessKey: 'secret' }, endpoints: {} },
    capacity: new Capacity({ concurrencyMax: 100, environmentsMax: 100, startsMax: 4, crewMax: 4 }, { areBusy: () => areBusy }),
    log: new FunctionLog({ directory: folder, name: 'f', terminal: log }),
    clock: { now: () => Date.now(), offsetMs: 0 },
    startSandbox,
    runtimeFile: 'none',
    warmth: { idleMsMax: 60_000, surplusIdleMsMax: 60_000, keptMax: 2 },
    initMsMax: 10_000,
  });
  pools.push(pool);
  return pool;
}

async function burst(pool: FunctionPool, events: number) {
  const answers = Promise.all(Array.from({ length: events }, () => pool.invoke({})));
  await vi.advanceTimersByTimeAsync(10_000);
  return answers;
}

describe('a burst of events', () => {
  it('is served by the environment there is while the cores are busy and it gets through', async () => {
    const { start, count } = environments(() => sleep(10), 400);
    expect((await burst(poolOf(start, true), 40)).every(({ ok }) => ok)).toBe(true);
    expect(count()).toBe(1);
  });

  it('gets a crew on busy cores when it would wait for longer than loading takes, and no more than that', async () => {
    const { start, count } = environments(() => sleep(20), 30);
    expect((await burst(poolOf(start, true), 90)).every(({ ok }) => ok)).toBe(true);
    expect(count()).toBe(4);
  });

  it('is served by more of them when the cores have time to spare', async () => {
    const { start, count } = environments(() => sleep(10));
    expect((await burst(poolOf(start, false), 40)).every(({ ok }) => ok)).toBe(true);
    expect(count()).toBeGreaterThan(1);
  });

  it('gets an environment for each event on busy cores too, when the events wait for each other', async () => {
    let present = 0;
    const { promise: allThere, resolve } = Promise.withResolvers<void>();
    const { start, count } = environments(() => {
      if (++present === 12) resolve();
      return allThere;
    });
    expect((await burst(poolOf(start, true), 12)).every(({ ok }) => ok)).toBe(true);
    expect(count()).toBe(12);
  });
});
