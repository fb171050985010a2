import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clockRequestListener } from '#infra/local/clock/clock-http.ts';
import { openClock, type DurableClock } from '#infra/local/clock/clock.ts';

const silent = { info: () => undefined, warn: () => undefined };

describe('after kill -9', () => {
  let folder: string;
  const children: ChildProcess[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'xm-clock-'));
  });

  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  /** Runs the clock in a process of its own and gives what it printed, up to and with the line `until`. */
  async function runUntil(until: string, ...rest: string[]): Promise<string[]> {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'clock-process.ts'), join(folder, 'clock.db'), ...rest], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      if (line === until) break;
    }
    child.kill('SIGKILL');
    await once(child, 'exit');
    return lines;
  }

  it('the timer whose handler was cut off fires again, finished ones do not, pending ones stay, and time goes on from where it was', async () => {
    const before = await runUntil('begin b', String(30 * 60_000));
    expect(before).toEqual(['ready 0', 'begin a', 'end a', 'begin b']);

    const after = await runUntil('end b');
    const offsetMs = Number(after[0]?.split(' ')[1]);
    expect(offsetMs).toBeGreaterThan(119_000);
    expect(offsetMs).toBeLessThanOrEqual(120_000);
    expect(after.slice(1)).toEqual(['begin b', 'end b']);

    const database = new DatabaseSync(join(folder, 'clock.db'));
    const clock = openClock({ database, log: silent });
    expect(clock.pending(9).map(({ id }) => id)).toEqual(expect.arrayContaining(['c', 'd']));
    database.close();
  });
});

describe('over HTTP', () => {
  let clock: DurableClock;
  let server: Server;
  let url: string;
  const fired: string[] = [];

  beforeEach(async () => {
    clock = openClock({ database: new DatabaseSync(':memory:'), log: silent });
    clock.handle('test', async ({ id }) => void fired.push(id));
    await clock.start();
    const listener = clockRequestListener(clock);
    server = createServer((request, response) => void listener(request, response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/_local/clock`;
  });

  afterEach(async () => {
    fired.length = 0;
    server.close();
    server.closeAllConnections();
    await clock.close();
  });

  const post = (body: string) => fetch(url, { method: 'POST', body });

  it('tells the time, how far it was moved and what fires next', async () => {
    clock.schedule({ id: 'deposit', kind: 'test', dueAtMs: Date.parse('2099-01-01T00:00:00Z'), payload: null });
    const answer = (await (await fetch(url)).json()) as { now: string; offset: string; nextTimers: unknown[] };
    expect(Math.abs(Date.parse(answer.now) - Date.now())).toBeLessThan(5_000);
    expect(answer.offset).toBe('PT0S');
    expect(answer.nextTimers).toEqual([{ id: 'deposit', kind: 'test', dueAt: '2099-01-01T00:00:00.000Z' }]);
  });

  it('moves time and answers once what fell due was handled', async () => {
    clock.schedule({ id: 'deposit', kind: 'test', dueAtMs: clock.now() + 900_000, payload: null });
    const response = await post('{"advance":"PT15M"}');
    expect(response.status).toBe(200);
    expect(fired).toEqual(['deposit']);
    expect(await response.json()).toMatchObject({ offset: 'PT15M', nextTimers: [] });
  });

  it('answers also when that takes longer than the server leaves a connection still, and only then', async () => {
    server.timeout = 100;
    clock.handle('slow', async () => new Promise((resolve) => setTimeout(resolve, 400)));
    clock.schedule({ id: 'slow', kind: 'slow', dueAtMs: clock.now() + 60_000, payload: null });
    expect((await post('{"advance":"PT2M"}')).status).toBe(200);
    const idle = connect((server.address() as AddressInfo).port, '127.0.0.1');
    await once(idle, 'close');
  });

  it('says that the stack is stopping to who waits for the end of an advance', async () => {
    clock.handle('slow', async () => new Promise((resolve) => setTimeout(resolve, 100)));
    clock.schedule({ id: 'slow', kind: 'slow', dueAtMs: clock.now() + 60_000, payload: null });
    const answer = post('{"advance":"PT2M"}');
    setTimeout(() => clock.stop(), 50);
    expect((await answer).status).toBe(503);
    expect(await (await answer).json()).toMatchObject({ code: 'clock-stopped' });
  });

  it.each([
    ['{"advance":"-PT5M"}', '/advance', /only moves forward/],
    ['{"advance":"P1M"}', '/advance', /no fixed length/],
    ['{"advance":"P3661D"}', '/advance', /At most P3660D/],
    ['{"advance":15}', '/advance', /ISO 8601/],
    ['{"advance":"PT1M","by":1}', '/by', /Only "advance"/],
    ['{}', '/advance', /ISO 8601/],
    ['[]', '', /JSON object/],
    ['', '', /JSON object/],
  ])('answers a problem to %s', async (body, pointer, detail) => {
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const problem = (await response.json()) as Record<string, unknown>;
    expect(problem).toMatchObject({ type: 'about:blank', status: 400, code: 'invalid', errors: [{ pointer }] });
    expect(problem['detail']).toMatch(detail);
    expect(clock.offsetMs).toBe(0);
  });

  it('refuses other methods and oversized bodies', async () => {
    const other = await fetch(url, { method: 'DELETE' });
    expect([other.status, other.headers.get('allow')]).toEqual([405, 'GET, POST']);
    expect((await post(' '.repeat(5_000))).status).toBe(413);
  });

  it('tells of timers that never come to rest', async () => {
    await clock.close();
    clock = openClock({ database: new DatabaseSync(':memory:'), log: silent, loopFiringsMax: 10 });
    let looping = true;
    clock.handle('loop', async ({ id, kind }) => {
      if (looping) clock.schedule({ id, kind, dueAtMs: clock.now(), payload: null });
    });
    await clock.start();
    clock.schedule({ id: 'tail', kind: 'loop', dueAtMs: clock.now() + 60_000, payload: null });
    const listener = clockRequestListener(clock);
    server.removeAllListeners('request').on('request', (request, response) => void listener(request, response));
    const response = await post('{"advance":"PT2M"}');
    looping = false;
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ code: 'endless-timers', detail: expect.stringContaining('tail') });
  });
});
