import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { startFunctions, type FunctionsOptions, withProperties } from './lambda-functions.ts';

describe.each(['thread', 'process'] as const)('functions, each environment a %s', (isolation) => {
  const start = (functions: Parameters<typeof startFunctions>[0], options: FunctionsOptions = {}) =>
    startFunctions(functions, { isolation, ...options });

  describe('failures', () => {
    it('reports what the handler throws, with its trace', async () => {
      await using functions = await start({
        throws:
          'class Overdrawn extends Error { name = "Overdrawn" } export const handler = async ({ what }) => { throw what ?? new Overdrawn("by 5"); };',
      });
      const outcome = await functions.invoke('throws');
      expect(outcome).toMatchObject({ ok: false, reason: 'error', errorType: 'Overdrawn', errorMessage: 'by 5' });
      expect(outcome.ok || outcome.trace.join('\n')).toMatch(/index\.mjs:1/);
      expect(await functions.invoke('throws', { what: 'a string' })).toMatchObject({ errorType: 'string', errorMessage: 'a string' });
      expect(await functions.invoke('throws', { what: { code: 7 } })).toMatchObject({ errorType: 'object', errorMessage: '{"code":7}' });
    });

    it('reports an answer that JSON cannot carry', async () => {
      await using functions = await start({ big: 'export const handler = async () => 10n;' });
      expect(await functions.invoke('big')).toMatchObject({ reason: 'error', errorType: 'Runtime.MarshalError' });
    });

    it('kills an endless loop at the timeout of the template, keeps what it wrote, and starts anew', async () => {
      await using functions = await start({
        loop: withProperties(
          'export const handler = async ({ ever }) => { console.log("looping", ever); while (ever); return "ended"; };',
          { Timeout: 1 },
        ),
      });
      const startedMs = performance.now();
      expect(await functions.invoke('loop', { ever: true })).toMatchObject({
        ok: false,
        reason: 'timeout',
        errorType: 'Sandbox.Timedout',
        errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Task timed out after 1\.00 seconds$/),
      });
      expect(performance.now() - startedMs).toBeLessThan(10_000);
      expect(await functions.logOf('loop')).toContain('looping true');
      expect(await functions.answer('loop', { ever: false })).toBe('ended');
    });

    it.each([
      [
        'that runs out of heap',
        'const held = []; for (;;) held.push(Array.from({ length: 1000 }, Math.random));',
        'Runtime.OutOfMemory',
        /signal: killed/,
      ],
      ['that exits', 'process.exit(3);', 'Runtime.ExitError', /Runtime exited with error: exit status 3/],
      ['that exits without a word', 'process.exit(0);', 'Runtime.ExitError', /Runtime exited without providing a reason/],
      [
        'with an error nobody catches',
        'setTimeout(() => { throw new TypeError("lost"); }); await new Promise(() => {});',
        'TypeError',
        /^lost$/,
      ],
      [
        'with a rejection nobody catches',
        'Promise.reject(new TypeError("lost")); await new Promise(() => {});',
        'Runtime.UnhandledPromiseRejection',
        /TypeError: lost/,
      ],
    ])('loses only the environment of a handler %s', async (...[, fault, errorType, errorMessage]) => {
      await using functions = await start({
        faulty: withProperties(`export const handler = async ({ ok }) => { console.log("before"); if (ok) return "fine"; ${fault} };`, {
          Timeout: 20,
        }),
        other: 'let count = 0; export const handler = async () => ++count;',
      });
      await functions.answer('other');
      expect(await functions.invoke('faulty')).toMatchObject({
        ok: false,
        reason: 'exit',
        errorType,
        errorMessage: expect.stringMatching(errorMessage),
      });
      expect(await functions.logOf('faulty')).toContain('before');
      expect(await functions.answer('faulty', { ok: true })).toBe('fine');
      expect(await functions.answer('other')).toBe(2);
    });

    it('replaces an environment that failed between two events', async () => {
      await using functions = await start({
        late: 'let n = 0; export const handler = async ({ bad }) => { if (bad) setTimeout(() => { throw new Error("left behind"); }, 5); return ++n; };',
      });
      expect(await functions.answer('late', { bad: true })).toBe(1);
      await vi.waitFor(() => expect(functions.terminal.join('\n')).toContain('left behind'), { timeout: 5_000 });
      expect(await functions.answer('late')).toBe(1);
    });

    it.each([
      [
        'no export of the name',
        { 'index.mjs': 'export const other = 1;' },
        'Runtime.HandlerNotFound',
        'index.handler is undefined or not exported',
      ],
      ['a syntax error', { 'index.mjs': 'export const handler = async () => {' }, 'Runtime.UserCodeSyntaxError', 'SyntaxError:'],
      [
        'a missing import',
        { 'index.mjs': 'import "./absent.mjs"; export const handler = 1;' },
        'Runtime.ImportModuleError',
        'Cannot find module',
      ],
      ['no file of the name', { 'main.mjs': '' }, 'Runtime.ImportModuleError', "Cannot find module 'index'"],
      ['an error of its own', { 'index.mjs': 'throw new RangeError("LOGS_TABLE is not set");' }, 'RangeError', 'LOGS_TABLE is not set'],
    ])('reports a bundle with %s, each time it is asked', async (...[, files, errorType, message]) => {
      await using functions = await start({ broken: { files } });
      for (let times = 0; times < 2; times++) {
        expect(await functions.invoke('broken')).toMatchObject({
          ok: false,
          reason: 'error',
          errorType,
          errorMessage: expect.stringContaining(message),
        });
      }
      expect((await functions.logOf('broken')).filter((line) => line.startsWith('INIT_REPORT'))).toHaveLength(2);
    });

    it('loads again after a failed start, and reports an exit while loading', async () => {
      await using functions = await start({
        flaky: `import { existsSync } from 'node:fs';
                if (!existsSync(process.env.LAMBDA_TASK_ROOT + '/healed')) process.exit(4);
                export const handler = async () => 'healed';`,
      });
      expect(await functions.invoke('flaky')).toMatchObject({ reason: 'exit', errorMessage: expect.stringContaining('exit status 4') });
      writeFileSync(join(functions.logsDirectory, '..', 'flaky', 'healed'), '');
      expect(await functions.answer('flaky')).toBe('healed');
    });

    it('gives a start that takes too long a second chance within the timeout', async () => {
      const slowOnce = `
        import { existsSync, writeFileSync } from 'node:fs';
        const mark = process.env.LAMBDA_TASK_ROOT + '/tried';
        const first = !existsSync(mark);
        writeFileSync(mark, '');
        if (first || process.env.ALWAYS) await new Promise((resolve) => setTimeout(resolve, 60000));
        export const handler = async () => 'loaded';`;
      await using functions = await start(
        {
          once: withProperties(slowOnce, { Timeout: 20 }),
          always: withProperties(slowOnce, { Timeout: 1, Environment: { Variables: { ALWAYS: 'yes' } } }),
        },
        { limits: { initMsMax: 1_500 } },
      );
      expect(await functions.answer('once')).toBe('loaded');
      expect(await functions.invoke('always')).toMatchObject({
        reason: 'timeout',
        errorMessage: expect.stringContaining('after 1.00 seconds'),
      });
    });
  });
});

describe('threads', () => {
  it('may take their process down with one huge allocation, and nothing but it', async () => {
    await using functions = await startFunctions({
      huge: withProperties('export const handler = async () => new Array(2 ** 25 - 1).fill(0.5).length;', { Timeout: 60 }),
      other: withProperties(
        'let count = 0; export const handler = async ({ ms = 0 }) => { await new Promise((resolve) => setTimeout(resolve, ms)); return ++count; };',
        { Timeout: 90 },
      ),
    });
    await functions.answer('other');
    expect(await functions.invoke('huge')).toMatchObject({ ok: false, reason: 'exit', errorType: 'Runtime.OutOfMemory' });
    expect(functions.terminal).toContain('lambda: the process of the function threads ended (out of memory) with 2 of them, 1 at work');
    expect(await functions.answer('other')).toBe(1);
    const [beside, huge] = await Promise.all([functions.invoke('other', { ms: 80_000 }), functions.invoke('huge')]);
    expect([beside, huge]).toMatchObject([{ reason: 'exit' }, { reason: 'exit' }]);
    expect(await functions.answer('other')).toBe(1);
  });
});
