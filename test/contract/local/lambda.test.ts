import { existsSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { functionArn, startFunctions, type FunctionsOptions, withProperties } from './lambda-functions.ts';

const day = 24 * 60 * 60_000;

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
