/**
 * The sandbox itself: its commands, its page, and what it remembers over a restart.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openClock } from '#infra/local/clock/clock.ts';
import { startSandbox } from '#infra/local/sandbox/sandbox.ts';
import { openDurable } from '#infra/local/state-database.ts';
import { adaptersOf, keys, sandboxWorld, type SandboxWorld } from './sandbox-world.ts';

const quiet = { info: () => {}, warn: () => {} };

let world: SandboxWorld;
beforeAll(async () => {
  world = await sandboxWorld();
});
afterAll(() => world.close());

const charge = (depositId: string, memberRef = 'm-1') =>
  world.gateways.midtrans.charge({ depositId, amountRupiah: 50_000, method: 'qris', expiresAtMs: world.clock.now() + 900_000, memberRef });

it('refuses commands that do not fit, and says why', async () => {
  await charge('dep_commands');
  await expect(world.command('charges/midtrans/dep_commands/refund')).rejects.toThrow(
    '409 {"code":"refused","detail":"there is nothing to refund"}',
  );
  await expect(world.command('charges/midtrans/dep_commands/pay', { amountRupiah: 1.5 })).rejects.toThrow('400');
  await expect(world.command('charges/midtrans/dep_commands/explode')).rejects.toThrow('404');
  await expect(world.command('charges/midtrans/constructor/pay')).rejects.toThrow('404');
  await expect(world.command('settings', { copies: 1_000 }, 'PATCH')).rejects.toThrow('400');
  expect(await world.command('charges/midtrans/dep_commands', {}, 'GET')).toMatchObject({ midtransStatus: 'pending' });
});

it('takes commands in JSON alone, which no page elsewhere can post', async () => {
  const url = `${world.sandbox.url}/_sandbox/charges/midtrans/dep_commands/pay`;
  const answer = await fetch(url, { method: 'POST', body: '{}', headers: { 'content-type': 'text/plain' } });
  expect(answer.status).toBe(415);
});

it('answers bodies that are none, and paths that are none', async () => {
  const post = (path: string, body: string) =>
    fetch(`${world.sandbox.url}${path}`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
  expect((await post('/_sandbox/misbehaviours', '{')).status).toBe(400);
  expect((await post('/_sandbox/misbehaviours', `"${'x'.repeat(70_000)}"`)).status).toBe(413);
  expect((await post('/_sandbox/charges/midtrans/%ff/pay', '{}')).status).toBe(400);
  expect((await post('/nowhere', '{}')).status).toBe(404);
});

it('lets nobody in without the key', async () => {
  const { midtransUrl, irisUrl, xenditUrl } = world.sandbox;
  const paths = [`${midtransUrl}/v2/dep_1/status`, `${irisUrl}/api/v1/payouts/x`, `${xenditUrl}/v3/payment_requests/pr-1`];
  const answers = await Promise.all(paths.map((url) => fetch(url, { headers: { authorization: 'Basic bm9ib2R5Og==' } })));
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
});

it('has a page for every charge that a member is sent to, where it is paid or refused', async () => {
  const expiresAtMs = world.clock.now() + 900_000;
  const asked = { depositId: 'dep_wallet', amountRupiah: 50_000, method: 'ewallet-gopay', expiresAtMs, memberRef: 'm-1' } as const;
  expect(await world.gateways.midtrans.charge(asked)).toMatchObject({
    charge: { instructions: { kind: 'redirect', deeplinkUrl: `${world.sandbox.url}/wallet/midtrans/dep_wallet` } },
  });
  const shown = async () => (await fetch(`${world.sandbox.url}/wallet/midtrans/dep_wallet`)).text();
  expect(await shown()).toMatch(/Rp 50\.000.*data-path="\/_sandbox\/charges\/midtrans\/dep_wallet\/pay"/s);
  await world.command('charges/midtrans/dep_wallet/pay');
  expect(await shown()).toContain('Paid. Go back');
  const others = ['/wallet/midtrans/none', '/wallet/xendit/dep_wallet', '/wallet/none/dep_wallet', '/wallet/midtrans/%ff'];
  const answers = await Promise.all(others.map((path) => fetch(`${world.sandbox.url}${path}`)));
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 400]);
});

it('shows what there is, and nothing of it as markup', async () => {
  await charge('dep_page');
  const answer = await fetch(world.sandbox.url);
  const html = await answer.text();
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(html).toContain('dep_page');
  await fetch(`${world.sandbox.xenditUrl}/v3/payment_requests`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Basic ${btoa(`${keys.xenditSecretKey}:`)}` },
    body: JSON.stringify({
      reference_id: '<img src=x onerror=alert(1)>',
      type: 'PAY',
      country: 'ID',
      currency: 'IDR',
      request_amount: 1,
      channel_code: 'QRIS',
      channel_properties: {},
    }),
  });
  expect(await (await fetch(world.sandbox.url)).text()).not.toContain('<img');
});

it('has a button for webhooks that are lost, tripled or late, and for each kind of forgery', async () => {
  await charge('dep_buttons');
  const html = await (await fetch(world.sandbox.url)).text();
  const sent = [...html.matchAll(/data-method="(\w+)" data-path="([^"]+)" data-body="([^"]*)"/g)].map(
    ([, method, path, body = '']) => `${method} ${path} ${body.replaceAll('&quot;', '"')}`,
  );
  const settings = ['{"copies":0}', '{"copies":3}', '{"delaySeconds":60}'].map((body) => `PATCH /_sandbox/settings ${body}`);
  const forge = 'POST /_sandbox/charges/midtrans/dep_buttons/forge';
  expect(sent).toEqual(expect.arrayContaining([...settings, `${forge} {}`, `${forge} {"how":"refund-signature"}`]));
});

it('forgets everything on command', async () => {
  await world.command('reset');
  expect(await world.command('charges', {}, 'GET')).toEqual({ charges: [] });
});

it('remembers charges, and the webhooks it still has to send, over a restart', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'xm-sandbox-'));
  const start = async () => {
    const database = openDurable(join(directory, 'state.db'));
    const clock = openClock({ database, log: quiet });
    const sandbox = await startSandbox({ port: 0, database, clock, keys, webhooks: {}, log: quiet });
    await clock.start();
    const close = async (): Promise<void> => {
      await sandbox.close();
      await clock.close();
      database.close();
    };
    return { clock, sandbox, close, ...adaptersOf(sandbox, clock, {}) };
  };
  const first = await start();
  const expiresAtMs = first.clock.now() + 900_000;
  await first.gateways.xendit.charge({ depositId: 'dep_restart', amountRupiah: 10_000, method: 'va-bca', expiresAtMs, memberRef: 'm-1' });
  const [{ id }] = ((await (await fetch(`${first.sandbox.url}/_sandbox/charges`)).json()) as { charges: [{ id: string }] }).charges;
  await first.close();
  const second = await start();
  const ref = { depositId: 'dep_restart', gatewayTransactionId: id };
  expect(await second.gateways.xendit.status(ref)).toMatchObject({ state: 'pending', amountRupiah: 10_000 });
  await second.clock.advance(902_000);
  expect(await second.gateways.xendit.status(ref)).toMatchObject({ state: 'expired' });
  await second.close();
  rmSync(directory, { recursive: true });
});

it('makes the same ids of the same seed', async () => {
  const ids = await Promise.all(
    [sandboxWorld(), sandboxWorld()].map(async (opening) => {
      const opened = await opening;
      const outcome = await opened.gateways.midtrans.charge({
        depositId: 'dep_seed',
        amountRupiah: 1,
        method: 'qris',
        expiresAtMs: opened.clock.now() + 60_000,
        memberRef: 'm',
      });
      await opened.close();
      return outcome.kind === 'charged' ? outcome.charge.gatewayTransactionId : outcome;
    }),
  );
  expect(ids[0]).toBe(ids[1]);
});
