import { expect, it } from 'vitest';
import { Cores } from '#infra/local/lambda/cores.ts';

it('are busy when nine tenths of their time were used of late, and only then', () => {
  const times = { idleMs: 5_000, allMs: 10_000 };
  const cores = new Cores(() => ({ ...times }), 0);
  const pass = (idleMs: number, allMs: number) => {
    times.idleMs += idleMs;
    times.allMs += allMs;
  };
  pass(30, 200);
  expect(cores.areBusy(100)).toBe(false);
  pass(10, 200);
  expect(cores.areBusy(150)).toBe(false);
  expect(cores.areBusy(200)).toBe(true);
  pass(200, 200);
  expect(cores.areBusy(250)).toBe(true);
  expect(cores.areBusy(300)).toBe(false);
});

it('of this machine can be read', () => {
  const cores = new Cores();
  expect(typeof cores.areBusy(performance.now() + 1_000)).toBe('boolean');
});
