import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { functionArn, startFunctions, type FunctionsOptions, withProperties } from './lambda-functions.ts';

describe.each(['thread', 'process'] as const)('functions, each environment a %s', (isolation) => {
  const start = (functions: Parameters<typeof startFunctions>[0], options: FunctionsOptions = {}) =>
    startFunctions(functions, { isolation, ...options });

  describe('environments', () => {
    /** Counts its events. With `meet`, it goes on only when so many run at once, however slow the machine is. */
    const counter = `
      import { globSync, writeFileSync } from 'node:fs';
      const folder = process.env.LAMBDA_TASK_ROOT + '/../';
      let count = 0;
      export const handler = async ({ ms = 0, meet = 0 }, { awsRequestId }) => {
        count += 1;
        const counted = count;
        if (meet > 0) writeFileSync(folder + 'met-' + awsRequestId, '');
        while (globSync('met-*', { cwd: folder }).length < meet) await new Promise((resolve) => setTimeout(resolve, 10));
        await new Promise((resolve) => setTimeout(resolve, ms));
        return counted;
      };`;

    it('keeps an environment warm, and runs one event at a time in it', async () => {
      await using functions = await start({ counter: withProperties(counter, { Timeout: 20 }) });
      expect(await functions.answer('counter')).toBe(1);
      expect(await functions.answer('counter')).toBe(2);
      const both = await Promise.all([functions.answer('counter', { meet: 2 }), functions.answer('counter', { meet: 2 })]);
      expect(both.toSorted((a, b) => Number(a) - Number(b))).toEqual([1, 3]);
      expect(await functions.lambda.invoke(functionArn('counter'), {})).toMatchObject({ ok: true });
    });

    it('says how long the first event waited for its environment, and nothing of it for the next', async () => {
      await using functions = await start({ counter });
      await functions.answer('counter');
      await functions.answer('counter');
      const reports = (await functions.logOf('counter')).filter((line) => line.startsWith('REPORT'));
      expect(reports[0]).toMatch(/Memory Size: 128 MB\tMax Memory Used: \d+ MB\tInit Duration: \d+\.\d\d ms$/);
      expect(reports[1]).not.toContain('Init Duration');
    });

    it('serves a burst with few environments instead of starting one for each event', async () => {
      await using functions = await start({ counter }, { limits: { startsMax: 1 } });
      const counts = (await Promise.all(Array.from({ length: 30 }, () => functions.answer('counter')))) as number[];
      expect(counts).toHaveLength(30);
      const started = (await functions.logOf('counter')).filter((line) => line.includes('Init Duration')).length;
      expect(started).toBeLessThan(10);
    });

    it('throttles beyond the concurrency that the template reserves', async () => {
      await using functions = await start({
        one: withProperties(counter, { ReservedConcurrentExecutions: 1 }),
        none: withProperties(counter, { ReservedConcurrentExecutions: 0 }),
      });
      const outcomes = await Promise.all([functions.invoke('one', { ms: 100 }), functions.invoke('one')]);
      expect(outcomes).toMatchObject([{ ok: true }, { ok: false, reason: 'throttled', errorType: 'TooManyRequestsException' }]);
      expect(await functions.invoke('one')).toMatchObject({ ok: true });
      expect(await functions.invoke('none')).toMatchObject({ reason: 'throttled' });
    });

    it('throttles beyond what the whole account may run', async () => {
      const patient = withProperties(counter, { Timeout: 20 });
      await using functions = await start({ a: patient, b: patient, c: patient }, { limits: { concurrencyMax: 2 } });
      const outcomes = await Promise.all([
        functions.invoke('a', { meet: 2 }),
        functions.invoke('b', { meet: 2, ms: 500 }),
        functions.invoke('c'),
      ]);
      expect(outcomes).toMatchObject([{ ok: true }, { ok: true }, { ok: false, reason: 'throttled' }]);
      expect(await functions.answer('c')).toBe(1);
    });

    it('has an event wait when there are as many environments as the machine holds, and makes room by ending idle ones', async () => {
      const patient = withProperties(counter, { Timeout: 20 });
      await using functions = await start({ a: patient, b: patient, c: patient }, { limits: { environmentsMax: 2 } });
      const order: string[] = [];
      const answers = await Promise.all(
        [functions.answer('a', { meet: 2, ms: 500 }), functions.answer('b', { meet: 2 }), functions.answer('c')].map(
          async (answer, index) => {
            const count = await answer;
            order.push('abc'[index] ?? '');
            return count;
          },
        ),
      );
      expect(answers).toEqual([1, 1, 1]);
      expect(order[0]).toBe('b');
      // Of b there was no environment any more: it had to make room for c.
      expect(await functions.answer('b')).toBe(1);
    });

    it('ends an environment that nobody used for a while', async () => {
      await using functions = await start({ counter }, { limits: { idleMsMax: 50 } });
      expect(await functions.answer('counter')).toBe(1);
      await sleep(250);
      expect(await functions.answer('counter')).toBe(1);
    });

    it('gives back what a burst has needed, but for a few environments', async () => {
      const patient = withProperties(counter, { Timeout: 20 });
      await using functions = await start({ counter: patient }, { limits: { surplusIdleMsMax: 150, keptMax: 1 } });
      const burst = (meet: number) => Promise.all(Array.from({ length: 3 }, () => functions.answer('counter', { meet })));
      expect(await burst(3)).toEqual([1, 1, 1]);
      await sleep(600);
      expect((await burst(6)).toSorted((a, b) => Number(a) - Number(b))).toEqual([1, 1, 2]);
    });

    it('ends what runs when the stack stops, and takes nothing more', async () => {
      const functions = await start({ counter });
      await functions.answer('counter');
      const running = functions.invoke('counter', { ms: 60_000 });
      const waiting = Promise.all(Array.from({ length: 5 }, () => functions.invoke('counter', { ms: 60_000 })));
      await sleep(50);
      await functions[Symbol.asyncDispose]();
      expect(await running).toMatchObject({ ok: false, reason: 'exit' });
      for (const outcome of await waiting) expect(outcome).toMatchObject({ ok: false });
      expect(await functions.invoke('counter')).toMatchObject({ reason: 'throttled' });
    });

    it('knows only the functions of the template', async () => {
      await using functions = await start({ counter });
      await expect(functions.lambda.invoke(functionArn('absent'), {})).rejects.toThrow('absent is no function of the stack');
    });
  });
});
