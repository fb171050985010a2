/**
 * The demo's deposits: members pay in by several methods, and the gateways' sandbox lets become of it what becomes of money.
 */
import { ask, type DemoApi } from './desk-client.ts';
import type { SignedUp } from './members.ts';

interface Wish {
  readonly method: string;
  readonly amountRupiah: number;
  readonly gateway: 'midtrans' | 'xendit' | 'manual';
  /** Commands to the sandbox, one after the other. */
  readonly commands: readonly { readonly action: string; readonly body?: object }[];
  readonly isCancelled?: boolean;
}

/** Of each member in turn; what nobody pays expires by itself within hours. */
const wishes: readonly (readonly Wish[])[] = [
  [
    { method: 'qris', amountRupiah: 250_000, gateway: 'midtrans', commands: [{ action: 'pay' }] },
    { method: 'va-bca', amountRupiah: 500_000, gateway: 'midtrans', commands: [] },
    { method: 'ewallet-dana', amountRupiah: 75_000, gateway: 'xendit', commands: [{ action: 'pay' }, { action: 'pay' }] },
  ],
  [
    { method: 'ewallet-gopay', amountRupiah: 100_000, gateway: 'midtrans', commands: [{ action: 'fail' }] },
    { method: 'va-mandiri', amountRupiah: 300_000, gateway: 'midtrans', commands: [{ action: 'pay' }, { action: 'deny' }] },
    { method: 'manual-transfer', amountRupiah: 150_000, gateway: 'manual', commands: [] },
  ],
  [
    { method: 'va-cimb', amountRupiah: 200_000, gateway: 'xendit', commands: [{ action: 'pay', body: { amountRupiah: 190_000 } }] },
    { method: 'qris', amountRupiah: 50_000, gateway: 'midtrans', commands: [], isCancelled: true },
  ],
];

export async function openDemoDeposits(api: DemoApi, sandboxUrl: string, members: readonly SignedUp[]): Promise<void> {
  for (const [place, list] of wishes.entries()) {
    const token = members[place]?.accessToken;
    if (token === undefined) throw new Error('The demo has too few members to pay in.');
    for (const [number, wish] of list.entries()) await openOne(api, { token, number, wish, sandboxUrl });
  }
}

interface Opening {
  readonly token: string;
  readonly number: number;
  readonly wish: Wish;
  readonly sandboxUrl: string;
}

async function openOne(api: DemoApi, { token, number, wish, sandboxUrl }: Opening): Promise<void> {
  const { method, amountRupiah, gateway, commands, isCancelled } = wish;
  const idempotencyKey = `demo-${number}`;
  const { id } = await ask<{ id: string }>(api, 'POST /api/xm/deposits', { token, idempotencyKey, body: { method, amountRupiah } });
  if (isCancelled === true) await ask(api, `POST /api/xm/deposits/${id}/cancel`, { token });
  for (const { action, body = {} } of commands) {
    const answer = await fetch(`${sandboxUrl}/_sandbox/charges/${gateway}/${id}/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`The sandbox answered ${answer.status} to ${action}: ${await answer.text()}`);
  }
}
