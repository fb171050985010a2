import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { functionArn, startFunctions, type FunctionsOptions, type TestFunction } from './lambda-functions.ts';

const day = 24 * 60 * 60_000;

function withProperties(source: string, properties: Record<string, unknown>): TestFunction {
  return { files: { 'index.mjs': source }, properties };
}

describe.each(['thread', 'process'] as const)('functions, each environment a %s', (isolation) => {
  const start = (functions: Parameters<typeof startFunctions>[0], options: FunctionsOptions = {}) =>
    startFunctions(functions, { isolation, ...options });

  describe('answers', () => {
    it('gives back what the handler returns, as JSON would carry it', async () => {
      await using functions = await start({
        echo: 'export const handler = async (event) => ({ event, at: new Date(0), nothing: undefined });',
        silent: 'export const handler = () => {};',
      });
      expect(await functions.answer('echo', { n: 1, at: new Date(0) })).toEqual({
        event: { n: 1, at: '1970-01-01T00:00:00.000Z' },
        at: '1970-01-01T00:00:00.000Z',
      });
      expect(await functions.answer('silent')).toBeNull();
    });

    it('loads every kind of bundle that AWS loads', async () => {
      await using functions = await start({
        esm: 'export const handler = async () => import.meta.url.endsWith("index.mjs");',
        cjs: { files: { 'index.cjs': 'exports.handler = async () => typeof require;' } },
        js: { files: { 'index.js': 'exports.handler = async () => require("./part.js").text;', 'part.js': 'exports.text = "required";' } },
        own: { files: { 'index.js': 'export const handler = async () => "own package";', 'package.json': '{"type":"module"}' } },
        nested: {
          files: { 'src/app.mjs': 'export const api = { run: async () => "nested" };' },
          properties: { Handler: 'src/app.api.run' },
        },
      });
      expect(await functions.answer('esm')).toBe(true);
      expect(await functions.answer('cjs')).toBe('function');
      expect(await functions.answer('js')).toBe('required');
      expect(await functions.answer('own')).toBe('own package');
      expect(await functions.answer('nested')).toBe('nested');
    });

    it('tells the handler who it is and how much time it has', async () => {
      await using functions = await start({
        who: withProperties(
          `export const handler = async (event, context) => {
             const before = context.getRemainingTimeInMillis();
             await new Promise((resolve) => setTimeout(resolve, 60));
             return { ...context, before, after: context.getRemainingTimeInMillis() };
           };`,
          { Timeout: 5, MemorySize: 256 },
        ),
      });
      const context = (await functions.answer('who')) as Record<string, unknown> & { before: number; after: number };
      expect(context).toMatchObject({
        functionName: 'who',
        functionVersion: '$LATEST',
        invokedFunctionArn: functionArn('who'),
        memoryLimitInMB: '256',
        logGroupName: '/aws/lambda/who',
        awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      });
      expect(context.before).toBeGreaterThan(4_500);
      expect(context.before).toBeLessThanOrEqual(5_000);
      expect(context.before - context.after).toBeGreaterThanOrEqual(55);
    });

    it('takes handlers with a callback up to Node 22, and refuses them from 24 on as AWS does', async () => {
      const source =
        'export const handler = (event, context, callback) => { setTimeout(() => callback(event.fail ? new RangeError("no") : null, "called"), 1); };';
      await using functions = await start({ old: withProperties(source, { Runtime: 'nodejs22.x' }), today: source });
      expect(await functions.answer('old')).toBe('called');
      expect(await functions.invoke('old', { fail: true })).toMatchObject({ reason: 'error', errorType: 'RangeError', errorMessage: 'no' });
      expect(await functions.invoke('today')).toMatchObject({ ok: false, errorType: 'Runtime.CallbackHandlerDeprecated' });
    });

    it('refuses response streaming loudly', async () => {
      await using functions = await start({ stream: 'export const handler = awslambda.streamifyResponse(async () => {});' });
      expect(await functions.invoke('stream')).toMatchObject({ ok: false, reason: 'error', errorType: 'Runtime.StreamingUnsupported' });
    });
  });

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
      await vi.waitFor(() => expect(functions.terminal.join('\n')).toContain('left behind'));
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
      const slowOnce = `import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
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

    it('throttles beyond what the whole account may run, and makes room by ending idle environments', async () => {
      const patient = withProperties(counter, { Timeout: 20 });
      await using functions = await start({ a: patient, b: patient, c: patient }, { limits: { concurrencyMax: 2 } });
      const outcomes = await Promise.all([
        functions.invoke('a', { meet: 2 }),
        functions.invoke('b', { meet: 2, ms: 500 }),
        functions.invoke('c'),
      ]);
      expect(outcomes.map((outcome) => outcome.ok)).toEqual([true, true, false]);
      expect(await functions.answer('c')).toBe(1);
      expect(await functions.answer('b')).toBe(2);
      expect(await functions.answer('a')).toBe(1);
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

  describe('variables', () => {
    const all = 'export const handler = async ({ set }) => { if (set) process.env.CHANGED = set; return process.env; };';

    it('shows a function its own variables and nothing of the machine', async () => {
      vi.stubEnv('XM_SECRET_OF_THE_HOST', 'leaked');
      await using functions = await start(
        {
          mine: withProperties(all, {
            Environment: { Variables: { LOGS_TABLE: 'logs' } },
            LoggingConfig: { LogFormat: 'JSON', LogGroup: '/xm/mine' },
          }),
        },
        { endpoints: { AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:1' } },
      );
      const variables = (await functions.answer('mine')) as Record<string, string>;
      vi.unstubAllEnvs();
      expect(variables).toMatchObject({
        LOGS_TABLE: 'logs',
        AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:1',
        AWS_REGION: 'ap-southeast-3',
        AWS_ACCESS_KEY_ID: 'key-of-mine',
        AWS_SECRET_ACCESS_KEY: 'secret-of-mine',
        AWS_LAMBDA_FUNCTION_NAME: 'mine',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
        AWS_LAMBDA_LOG_FORMAT: 'JSON',
        AWS_LAMBDA_LOG_GROUP_NAME: '/xm/mine',
        TZ: 'UTC',
      });
      const expected = /^(AWS_|LOGS_TABLE$|LAMBDA_TASK_ROOT$|_HANDLER$|LANG$|PATH$|TZ$|HOME$)/;
      expect(Object.keys(variables).filter((name) => !expected.test(name))).toEqual([]);
      expect(existsSync(variables.HOME ?? '')).toBe(false);
    });

    it('keeps what one environment changes from all others', async () => {
      await using functions = await start({ one: all, two: all });
      expect(await functions.answer('one', { set: 'yes' })).toMatchObject({ CHANGED: 'yes' });
      expect(await functions.answer('two')).not.toHaveProperty('CHANGED');
      expect(process.env).not.toHaveProperty('CHANGED');
    });
  });

  describe('the clock', () => {
    it('shows the time of the stack in every way of asking, also while a handler runs', async () => {
      await using functions = await start({
        time: withProperties(
          `export const handler = async ({ jumpMs = 0 }) => {
             const before = Date.now();
             console.log('it is', before);
             while (Date.now() < before + jumpMs) await new Promise((resolve) => setTimeout(resolve, 10));
             const made = new Date();
             return { before, now: Date.now(), made: made.getTime(), text: Date.parse(Date()), isDate: made instanceof Date, fixed: new Date(7).getTime(), year: new Date(2020, 1).getFullYear(), utc: Date.UTC(1970, 0, 2) };
           };`,
          { Timeout: 30 },
        ),
      });
      await functions.clock.shift(day);
      const running = functions.answer('time', { jumpMs: day });
      await vi.waitFor(() => expect(functions.terminal.join()).toContain('it is'), { timeout: 20_000 });
      await functions.clock.shift(3 * day);
      const seen = (await running) as Record<string, number>;
      const now = Date.now();
      expect(Math.abs(seen.before! - now - day)).toBeLessThan(30_000);
      for (const value of [seen.now!, seen.made!, seen.text!]) expect(Math.abs(value - now - 3 * day)).toBeLessThan(30_000);
      expect(seen).toMatchObject({ isDate: true, fixed: 7, year: 2020, utc: day });
      expect(await functions.answer('time')).toMatchObject({ isDate: true });
    });

    it('leaves timers and the timeout to the machine', async () => {
      await using functions = await start({
        wait: withProperties(
          'export const handler = async (e, context) => { await new Promise((resolve) => setTimeout(resolve, 300)); return context.getRemainingTimeInMillis(); };',
          { Timeout: 5 },
        ),
      });
      const running = functions.answer('wait');
      await functions.clock.shift(365 * day);
      expect(await running).toBeGreaterThan(3_000);
    });
  });

  describe('payloads', () => {
    it('takes and gives up to 6 MB, and says so beyond', async () => {
      await using functions = await start({
        size: withProperties('export const handler = async ({ text, length }) => (length ? "é".repeat(length) : text.length);', {
          MemorySize: 512,
          Timeout: 20,
        }),
      });
      const megabyte = 1024 * 1024;
      expect(await functions.answer('size', { text: 'a'.repeat(6 * megabyte - 20) })).toBe(6 * megabyte - 20);
      expect(await functions.invoke('size', { text: 'a'.repeat(6 * megabyte) })).toMatchObject({
        reason: 'too-large',
        errorType: 'RequestTooLargeException',
      });
      expect(await functions.answer('size', { length: 3 * megabyte - 10 })).toHaveLength(3 * megabyte - 10);
      expect(await functions.invoke('size', { length: 3 * megabyte })).toMatchObject({
        reason: 'too-large',
        errorType: 'Function.ResponseSizeTooLarge',
      });
      expect(await functions.invoke('size', { text: 'still there' })).toMatchObject({ ok: true });
    });
  });

  describe('logs', () => {
    it('puts the whole output of an event between its START and END, in order', async () => {
      await using functions = await start({
        talk: `console.log('loading');
               export const handler = async () => {
                 console.log('one'); console.log(JSON.stringify({ level: 'INFO', message: 'two', extra: 2 })); process.stdout.write('th'); process.stdout.write('ree');
               };`,
      });
      await functions.answer('talk');
      const lines = await functions.logOf('talk');
      expect(lines.map((line) => line.replace(/RequestId: \S+.*/, '…'))).toEqual([
        'loading',
        'START …',
        'one',
        '{"level":"INFO","message":"two","extra":2}',
        'three',
        'END …',
        'REPORT …',
      ]);
      expect(functions.terminal).toEqual(['talk: loading', 'talk: one', 'talk: INFO two', 'talk: three']);
    });

    it('loses no line of a function that writes faster than the stack reads', async () => {
      await using functions = await start({
        flood: withProperties(
          'export const handler = async () => { for (let n = 0; n < 40000; n++) console.log(String(n).padStart(100, "0")); };',
          { Timeout: 60 },
        ),
      });
      await functions.answer('flood');
      const lines = (await functions.logOf('flood')).filter((line) => /^\d+$/.test(line));
      expect(lines).toHaveLength(40_000);
      expect(lines.every((line, index) => Number(line) === index)).toBe(true);
    });

    it('writes what stderr says too, and errors with their trace', async () => {
      await using functions = await start({
        errs: 'export const handler = async () => { console.error("to stderr"); throw new RangeError("off"); };',
      });
      await functions.invoke('errs');
      const lines = await functions.logOf('errs');
      expect(lines).toContain('to stderr');
      const error = JSON.parse(lines.find((line) => line.startsWith('{'))!) as Record<string, unknown>;
      expect(error).toMatchObject({
        level: 'ERROR',
        message: 'Invoke Error',
        error: { name: 'RangeError', message: 'off', stack: expect.stringContaining('index.mjs') },
      });
      expect(functions.terminal).toContain('errs: ERROR Invoke Error (RangeError: off)');
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
