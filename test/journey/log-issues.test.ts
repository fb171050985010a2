import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningStack, startLocalStack, until } from './local-stack.ts';

interface Pattern {
  id: string;
  template: string;
  total: number;
  files: number;
  state: string;
  revision: number;
  regression: { fileId: string; inVersion: string | null } | null;
  flags: { new: boolean; regressed: boolean; spiking: boolean };
  sparkline: number[];
}

interface Alert {
  id: string;
  kind: string;
  patternId: string;
  status: string;
  channel: string;
}

/** What a webhook was sent. */
interface Post {
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

let stack: RunningStack;
let hook: Server;
const posts: Post[] = [];
/** An hour before the clock, so that the records are of the last day. */
const start = Math.floor(Date.now() / 3_600_000) * 3_600_000 - 3_600_000;

beforeAll(async () => {
  hook = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      posts.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(200).end('ok');
    });
  });
  await new Promise<void>((resolve) => void hook.listen(0, '127.0.0.1', resolve));
  stack = await startLocalStack('--no-demo');
});

afterAll(async () => {
  hook.close();
  await stack.dispose();
});

/** Lines of a small shop: orders that fail, and one payment that does. */
function logOf({ orders, payments = 0, at = start }: { orders: number; payments?: number; at?: number }): string {
  const line = (index: number, level: string, text: string): string =>
    `${new Date(at + index * 1_000).toISOString()} ${level} [main] shop.orders - ${text}`;
  return [
    ...Array.from({ length: orders }, (_, index) => line(index, 'ERROR', `Order ${4_000 + index} could not be stored: disk full`)),
    ...Array.from({ length: payments }, (_, index) => line(60 + index, 'ERROR', `Payment gateway refused card ending in ${1_000 + index}`)),
    line(90, 'INFO', 'Heartbeat'),
    '',
  ].join('\n');
}

describe('a pattern of errors', () => {
  it('is listed, resolved, and told of once when it is back', async () => {
    const webhook = await made({
      name: 'Everything to the hook',
      kinds: ['new', 'regressed'],
      channel: { kind: 'webhook', url: hookUrl() },
    });
    await made({ name: 'Regressions by mail', kinds: ['regressed'], channel: { kind: 'email', to: ['ops@example.id'] } });
    await made({ name: 'Regressions to the topic', kinds: ['regressed'], channel: { kind: 'sns' } });

    await dropped('shop/first.log', logOf({ orders: 5, payments: 2 }));
    const order = await seen('could not be stored', ({ total }) => total === 5);
    expect(order).toMatchObject({ state: 'open', files: 1, flags: { new: true, regressed: false, spiking: false } });
    expect(order.template).toContain('<*>');
    expect(order.sparkline.reduce((sum, count) => sum + count, 0)).toBe(5);

    await settledAlerts(2);
    expect((await alerts()).map(({ kind }) => kind)).toEqual(['new', 'new']);

    const resolved = await decide(order.id, { decision: { kind: 'resolve', inVersion: '4.2.1' }, revision: order.revision });
    expect(resolved).toMatchObject({ status: 200, body: { state: 'resolved' } });
    expect(await decide(order.id, { decision: { kind: 'reopen' }, revision: order.revision })).toMatchObject({
      status: 409,
      body: { code: 'logs.pattern-changed' },
    });

    const file = await dropped('shop/second.log', logOf({ orders: 3, at: start + 600_000 }));
    const back = await seen('could not be stored', ({ total }) => total === 8);
    expect(back).toMatchObject({ state: 'open', files: 2, flags: { regressed: true }, regression: { fileId: file, inVersion: '4.2.1' } });

    await settledAlerts(5);
    const told = (await alerts()).filter(({ kind }) => kind === 'regressed');
    expect(told.map(({ channel, status }) => `${channel} ${status}`).toSorted()).toEqual(['email sent', 'sns sent', 'webhook sent']);
    expect(told.every(({ patternId }) => patternId === order.id)).toBe(true);

    const mail = (await outbox('ops@example.id'))[0];
    expect(mail?.subject).toContain('Back after it was resolved');
    expect(mail?.text).toContain(`/#/log-errors?pattern=${order.id}&file=${file}`);
    const post = posts.find(({ body }) => body.includes('"regressed"'));
    const [seconds, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(post?.headers['x-xm-signature']))?.slice(1) ?? [];
    expect(signature).toBe(createHmac('sha256', webhook.secret).update(`${seconds}.${post?.body}`).digest('hex'));

    // The same file once more is another one, and no news: what is back is open.
    await dropped('shop/third.log', logOf({ orders: 3, at: start + 600_000 }));
    await seen('could not be stored', ({ total }) => total === 11);
    expect(await alerts()).toHaveLength(5);
    expect(posts).toHaveLength(3);
  });

  it('keeps a history with comments, and every decision is in the audit log', async () => {
    const { id } = await seen('could not be stored', () => true);
    const comment = await send('POST', `/api/admin/logs/patterns/${id}/comments`, { text: 'The disk of db-2.' });
    expect(comment.status).toBe(201);
    await decide(id, { decision: { kind: 'assign', assignee: 'stf_ann' } });
    await decide(id, { decision: { kind: 'mute', count: 2 } });
    const detail = (await answer(`/api/admin/logs/patterns/${id}`)) as {
      state: string;
      assignee: string;
      activities: { kind: string; text: string | null }[];
      inFiles: object[];
      hours: number[];
    };
    expect(detail).toMatchObject({ state: 'muted', assignee: 'stf_ann' });
    expect(detail.activities.map(({ kind }) => kind)).toEqual(['muted', 'assigned', 'commented', 'regressed', 'resolved']);
    expect(detail.inFiles).toHaveLength(3);

    await dropped('shop/fourth.log', logOf({ orders: 2, at: start + 900_000 }));
    await seen('could not be stored', ({ state }) => state === 'assigned');
    const { records } = (await answer(`/api/admin/audit?subject=log-pattern:${id}`, 'owner')) as { records: { action: string }[] };
    expect(records.map(({ action }) => action)).toEqual([
      'log-pattern.muted',
      'log-pattern.assigned',
      'log-pattern.commented',
      'log-pattern.resolved',
    ]);
  });

  it('is merged with another one by hand and split off again, and both survive what is scanned later', async () => {
    const order = await seen('could not be stored', () => true);
    const payment = await seen('Payment gateway', () => true);
    const merged = await send('POST', `/api/admin/logs/patterns/${order.id}/merges`, { patterns: [payment.id] });
    expect(merged).toMatchObject({ status: 200, body: { total: order.total + payment.total } });
    expect(await patterns('Payment gateway')).toEqual([]);

    await dropped('shop/fifth.log', logOf({ orders: 0, payments: 3, at: start + 1_200_000 }));
    await seen('could not be stored', ({ total }) => total === order.total + payment.total + 3);
    expect(await patterns('Payment gateway')).toEqual([]);

    const { fingerprints } = (await answer(`/api/admin/logs/patterns/${order.id}`)) as { fingerprints: { id: string; template: string }[] };
    const off = fingerprints.filter(({ template }) => template.startsWith('Payment')).map(({ id }) => id);
    const split = await send('POST', `/api/admin/logs/patterns/${order.id}/splits`, { fingerprints: off });
    expect(split).toMatchObject({ status: 201, body: { total: payment.total + 3, state: 'assigned' } });

    await dropped('shop/sixth.log', logOf({ orders: 1, payments: 1, at: start + 1_500_000 }));
    await seen('could not be stored', ({ total }) => total === order.total + 1);
    await seen('Payment gateway', ({ total }) => total === payment.total + 4);
  });
});

describe('an alert rule', () => {
  it('shows nobody the address or the secret of its webhook', async () => {
    const { rules } = (await answer('/api/admin/logs/alert-rules')) as { rules: { channel: object }[] };
    expect(JSON.stringify(rules)).not.toContain('/hook');
    expect(JSON.stringify(rules)).not.toContain('whs_');
    expect(rules[0]?.channel).toEqual({ kind: 'webhook', host: new URL(hookUrl()).host, to: [] });
  });

  it('is changed upon what was read, and removed', async () => {
    const rule = await made({ name: 'Spikes', kinds: ['spike'], channel: { kind: 'sns' } });
    const path = `/api/admin/logs/alert-rules/${rule.id}`;
    expect(await send('PATCH', path, { revision: 1, isEnabled: false })).toMatchObject({
      status: 200,
      body: { isEnabled: false, revision: 2, kinds: ['spike'] },
    });
    expect(await send('PATCH', path, { revision: 1, name: 'Other' })).toMatchObject({ status: 409 });
    expect((await send('DELETE', `${path}?revision=2`)).status).toBe(204);
    expect((await stack.get(path)).status).toBe(404);
  });

  it('is tried out by a message that says it is a test, and its fate can be seen', async () => {
    const rule = await made({ name: 'To be tried', kinds: ['spike'], channel: { kind: 'webhook', url: hookUrl() } });
    const path = `/api/admin/logs/alert-rules/${rule.id}/tests`;
    const { status, body } = await send('POST', path);
    expect(status, JSON.stringify(body)).toBe(202);
    const { alert, seeAt } = body as { alert: Alert; seeAt: string };
    expect(alert).toMatchObject({ kind: 'test', status: 'pending' });
    await until(async () => ((await answer(seeAt)) as { alerts: Alert[] }).alerts[0]?.status === 'sent', 30_000);
    const post = posts.find(({ body }) => body.includes('To be tried'));
    expect(JSON.parse(post?.body ?? '{}')).toMatchObject({ kind: 'test', headline: 'Test of an alert rule: nothing has happened' });
    for (let more = 0; more < 4; more += 1) expect((await send('POST', path)).status).toBe(202);
    expect(await send('POST', path)).toMatchObject({ status: 429, body: { code: 'request.rate-limited' } });
    expect((await send('DELETE', `/api/admin/logs/alert-rules/${rule.id}?revision=1`)).status).toBe(204);
  });

  it('is nothing that an auditor may make', async () => {
    const body = { name: 'x', kinds: ['new'], channel: { kind: 'sns' } };
    const headers = { authorization: `Bearer ${await stack.token('auditor')}`, 'content-type': 'application/json' };
    const made = await fetch(`${stack.api}/api/admin/logs/alert-rules`, { method: 'POST', headers, body: JSON.stringify(body) });
    expect(made.status).toBe(403);
    expect((await stack.get('/api/admin/logs/alert-rules', ['auditor'])).status).toBe(200);
  });
});

describe('the errors of all files', () => {
  it('are searched by words that they have and words that they have not', async () => {
    const found = (await answer(
      `/api/admin/logs/search?${new URLSearchParams({ include: 'ORDER\ndisk full', exclude: '4001\n4002', limit: '200' }).toString()}`,
    )) as { errors: { message: string }[]; partial: boolean; nextCursor: string | null };
    expect(found).toMatchObject({ partial: false, nextCursor: null });
    const messages = found.errors.map(({ message }) => message);
    expect(messages.length).toBeGreaterThan(3);
    expect(messages.every((message) => /^Order 40\d\d .* disk full$/.test(message) && !/4001|4002/.test(message))).toBe(true);
  });

  it('of a pattern are those that it counts, page by page, merged and split as it is', async () => {
    const order = await seen('could not be stored', () => true);
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const query = new URLSearchParams({ pattern: order.id, limit: '3', ...(cursor !== null && { cursor }) });
      const page = (await answer(`/api/admin/logs/search?${query.toString()}`)) as { errors: { id: string }[]; nextCursor: string | null };
      ids.push(...page.errors.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(new Set(ids).size).toBe(order.total);
    expect(ids).toHaveLength(order.total);
  });

  it('are exported as a file that the one who asked can download', async () => {
    const order = await seen('could not be stored', () => true);
    for (const format of ['ndjson', 'csv'] as const) {
      const asked = await send('POST', '/api/admin/logs/exports', { format, filter: { pattern: order.id, exclude: ['4000'] } });
      expect(asked).toMatchObject({ status: 202, body: { status: 'queued', url: null } });
      const { id } = asked.body as { id: string };
      let made = {} as { status: string; records: number; url: string };
      await until(async () => {
        made = (await answer(`/api/admin/logs/exports/${id}`)) as typeof made;
        return made.status !== 'queued';
      }, 20_000);
      expect(made).toMatchObject({ status: 'done', partial: false });
      const file = await fetch(made.url);
      expect(file.status).toBe(200);
      const lines = (await file.text()).trim().split(/\r?\n/);
      const records = format === 'csv' ? lines.slice(1) : lines.map((line) => (JSON.parse(line) as { pattern: string }).pattern);
      expect(records).toHaveLength(made.records);
      expect(made.records).toBeGreaterThan(3);
    }
  });
});

const hookUrl = (): string => `http://127.0.0.1:${(hook.address() as AddressInfo).port}/hook`;

async function made(rule: object): Promise<{ id: string; secret: string }> {
  const { status, body } = await send('POST', '/api/admin/logs/alert-rules', rule);
  expect(status, JSON.stringify(body)).toBe(201);
  return body as { id: string; secret: string };
}

const decide = (id: string, body: object) => send('POST', `/api/admin/logs/patterns/${id}/decisions`, body);

/** The file's id, once it is scanned. */
async function dropped(key: string, body: string): Promise<string> {
  await stack.s3.send(new PutObjectCommand({ Bucket: stack.bucket, Key: key, Body: body }));
  let id = '';
  await until(async () => {
    const { files } = (await answer('/api/admin/logs/files?limit=200')) as { files: { id: string; key: string; status: string }[] };
    id = files.find((file) => file.key === key && file.status === 'done')?.id ?? '';
    return id !== '';
  });
  return id;
}

const patterns = async (text: string): Promise<Pattern[]> =>
  ((await answer(`/api/admin/logs/patterns?${new URLSearchParams({ text }).toString()}`)) as { patterns: Pattern[] }).patterns;

/** The one pattern with this text, once it is as it should be. */
async function seen(text: string, isSo: (pattern: Pattern) => boolean): Promise<Pattern> {
  let found: Pattern[] = [];
  await until(async () => {
    found = await patterns(text);
    return found.length === 1 && found.some(isSo);
  }, 20_000).catch((error: unknown) => {
    throw new Error(`${text}: ${JSON.stringify(found)}`, { cause: error });
  });
  return found[0] as Pattern;
}

const alerts = async (): Promise<Alert[]> => ((await answer('/api/admin/logs/alerts')) as { alerts: Alert[] }).alerts;

async function settledAlerts(count: number): Promise<void> {
  await until(async () => {
    const all = await alerts();
    return all.length >= count && all.every(({ status }) => status !== 'pending');
  }, 30_000);
}

async function outbox(to: string): Promise<{ subject: string; text: string }[]> {
  const read = async () =>
    ((await (await fetch(`${stack.api}/_local/outbox?to=${to}`)).json()) as { messages: { subject: string; text: string }[] }).messages;
  await until(async () => (await read()).length > 0, 20_000);
  return read();
}

async function answer(path: string, ...roles: string[]): Promise<unknown> {
  const response = await stack.get(path, roles.length === 0 ? undefined : roles);
  expect(response.status, path).toBe(200);
  return response.json();
}

async function send(method: string, path: string, body?: object): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${stack.api}${path}`, {
    method,
    headers: { authorization: `Bearer ${await stack.token('ops')}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}
