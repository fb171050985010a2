/**
 * A deposit to test with: valid, and different where the test says so.
 */
import type { Deposit } from '#shared/wallet/deposits/deposit.ts';

const openedAtMs = Date.UTC(2026, 10, 21, 12);

/** A QRIS over Rp 150,000 that Midtrans has charged and nobody has paid; open for half an hour from `createdAtMs` on. */
export function sampleDeposit(different: Partial<Deposit> = {}): Deposit {
  const { createdAtMs = openedAtMs, amountRupiah = 150_000 } = different;
  return {
    id: 'dep_0mwrc45jb3ahqx8qxumzs3',
    memberId: '100000000000000001',
    status: 'pending',
    method: 'qris',
    gateway: 'midtrans',
    amountRupiah,
    uniqueCode: null,
    totalRupiah: amountRupiah,
    idempotencyKey: 'key',
    createdAtMs,
    expiresAtMs: createdAtMs + 1_800_000,
    updatedAtMs: createdAtMs,
    endedAtMs: null,
    charging: null,
    gatewayTransactionId: 'tx-1',
    instructions: { kind: 'qr', qrPayload: '000201' },
    payments: [],
    refunds: [],
    unclearReversal: null,
    unknownStatus: null,
    failure: null,
    version: 2,
    ...different,
  };
}
