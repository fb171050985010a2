/**
 * Money through the backoffice over the whole local stack: a member pays in at the sandbox's gateway and asks for a withdrawal, finance approves it
 * in the browser, and the payout comes back completed. Each page by itself is looked at over a fake (backoffice-wallet.test.ts).
 */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageMsMax } from './backoffice-desk.ts';
import { accessibilityViolations, chromiumPath, shoot, viewports, watchForErrors } from './browser.ts';
import { type RunningStack, startLocalStack, until } from './local-stack.ts';
import { deskOfStack } from './stack-desk.ts';

const executable = await chromiumPath();
const patience = { timeout: pageMsMax };

let stack: RunningStack;

beforeAll(async () => {
  stack = await startLocalStack();
});

afterAll(async () => {
  await stack.dispose();
});

describe.skipIf(executable === undefined)('money, from the member over finance to the bank', () => {
  const desk = deskOfStack(() => stack);

  it('is paid in, approved on its way out, and shown in every place where it was', async () => {
    const token = await desk.signInMember('maya');
    const deposit = await asMember<{ id: string }>(token, 'POST /api/xm/deposits', { amountRupiah: 500_000, method: 'qris' });
    await payAtGateway(deposit.id);
    await until(async () => (await asMember<{ availableRupiah: number }>(token, 'GET /api/xm/balance')).availableRupiah === 500_000);
    const account = { bank: 'bca', accountNumber: '1234567890', accountName: 'Maya Sari' };
    const { id: bankAccountId } = await asMember<{ id: string }>(token, 'POST /api/xm/bank-accounts', account);
    const withdrawal = await asMember<{ id: string }>(token, 'POST /api/xm/withdrawals', { amountRupiah: 150_000, bankAccountId });

    const page = await desk.staff('finance', '/withdrawals');
    const errors = watchForErrors(page);
    await page.getByRole('link', { name: 'Maya Sari' }).click();
    await page.getByText('Penarikan pertama').waitFor();
    await page.getByRole('button', { name: 'Setujui' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Setujui' }).click();
    await page.getByText('Penarikan disetujui').waitFor();
    await until(async () => (await payoutsOf(withdrawal.id))[0]?.status === 'processed');
    await sandbox(`payouts/${withdrawal.id}/complete`);
    // The page looks again by itself while the gateway has it.
    await page.getByText('Selesai', { exact: true }).first().waitFor();
    await shoot(page, 'stack-withdrawal');
    expect(await accessibilityViolations(page)).toEqual([]);

    await page.getByRole('tab', { name: 'Pembukuan' }).click();
    await page
      .getByRole('region', { name: `withdrawal:${withdrawal.id}` })
      .first()
      .waitFor();
    await page.getByRole('tab', { name: 'Ringkasan' }).click();
    await page.locator('dd').getByRole('link').first().click();
    await page.getByRole('region', { name: 'Saldo' }).getByText('Rp 350.000').first().waitFor();
    await page.getByRole('link', { name: 'Saldo: Mutasi' }).click();
    await page.getByText('✓ Saldo awal + Σ mutasi = saldo akhir').waitFor();
    await expect.poll(() => page.getByText('-Rp 150.000').count(), patience).toBe(1);
    await page.getByRole('link', { name: deposit.id }).click();
    await page.getByRole('heading', { level: 1, name: 'Rp 500.000 · QRIS' }).waitFor();
    await page.getByText('Dibayar', { exact: true }).waitFor();
    expect(errors).toEqual([]);
  });
});

describe.skipIf(executable === undefined)('the deposit page, as the start table opens it', () => {
  const desk = deskOfStack(() => stack);

  it('takes a member of the demo to the wallet in the sandbox and back', async () => {
    const { members } = (await (await fetch(`${stack.api}/_local/people`)).json()) as { members: { depositPage: string }[] };
    expect(stack.output()).toContain(`${stack.api}/_local/deposit-page`);
    const page = await desk.visitor({ viewport: viewports.phone });
    const errors = watchForErrors(page);
    await page.goto(members[0]?.depositPage ?? '');
    await openDeposit(page, /GoPay/);
    await page.getByRole('link', { name: /GoPay/ }).click();
    await page.getByText('asks for').waitFor();
    await page.getByRole('button', { name: 'Pay' }).click();
    await page.getByText('Paid.').waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Pembayaran berhasil' }).waitFor();
    expect(errors).toEqual([]);
  });

  it('draws the code of QRIS, enlarges it and gives it away as a picture, under the policy that the site is served with', async () => {
    const page = await desk.visitor({ viewport: viewports.phone });
    const errors = watchForErrors(page);
    const served = await page.goto(`${stack.api}/_local/deposit-page?as=putri.a`);
    expect(served?.headers()['content-security-policy']).toContain("img-src 'self' data:");
    await openDeposit(page, /QRIS/);
    await page.getByRole('img', { name: /QRIS/ }).waitFor();
    const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Simpan gambar' }).click()]);
    const picture = await readFile(await saved.path());
    expect([saved.suggestedFilename(), picture.subarray(1, 4).toString('latin1'), picture.length > 1_000]).toEqual([
      expect.stringMatching(/^dep_.*\.png$/),
      'PNG',
      true,
    ]);
    await page.getByRole('button', { name: 'Perbesar' }).click();
    await page.getByRole('dialog').getByRole('img', { name: /QRIS/ }).waitFor();
    await shoot(page, 'stack-deposit-qris');
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('opens for nobody who is not of the demo', async () => {
    expect((await fetch(`${stack.api}/_local/deposit-page?as=nobody`, { redirect: 'manual' })).status).toBe(404);
  });
});

async function openDeposit(page: Page, method: RegExp): Promise<void> {
  await page.getByRole('link', { name: 'Deposit baru' }).click();
  await page.getByRole('button', { name: /100\.000/ }).click();
  await page.getByRole('radio', { name: method }).check();
  await page.getByRole('button', { name: 'Lanjut bayar' }).click();
}

async function asMember<Answer>(token: string, route: string, body?: object): Promise<Answer> {
  const [method = '', path = ''] = route.split(' ');
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': `journey-${path}` };
  const answer = await fetch(`${stack.api}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  if (!answer.ok) throw new Error(`${route} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

async function payAtGateway(depositId: string): Promise<void> {
  const { charges } = await sandboxAnswer<{ charges: { gateway: string }[] }>(`charges?reference=${depositId}`);
  await sandbox(`charges/${charges[0]?.gateway}/${depositId}/pay`);
}

const payoutsOf = async (reference: string) =>
  (await sandboxAnswer<{ payouts: { status: string }[] }>(`payouts?reference=${reference}`)).payouts;

const sandboxAnswer = async <Answer>(path: string): Promise<Answer> =>
  (await (await fetch(`${stack.sandbox}/_sandbox/${path}`)).json()) as Answer;

async function sandbox(command: string): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${stack.sandbox}/_sandbox/${command}`, { method: 'POST', headers, body: '{}' });
  if (!answer.ok) throw new Error(`The sandbox answered ${answer.status}: ${await answer.text()}`);
}
