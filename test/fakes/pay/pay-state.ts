/** A member's deposits in the fake, and time that can be moved. */
import type { PaymentMethod } from '#shared/payments/payment.ts';
import { makeQris } from '#shared/payments/qris.ts';
import type { DepositInstructions } from '#shared/wallet/deposits/instructions.ts';
import { statusAt } from '#shared/wallet/deposits/deposit.ts';
import type { DepositView } from '#shared/wallet/deposits/present-deposit.ts';

/** What a gateway gives for a code that is made for one payment. */
const qrPayload = makeQris({
  acquirer: 'ID.CO.BANK.WWW',
  merchantAccount: '936000140000000001',
  nmid: 'ID1020000000001',
  merchantName: 'XM',
  city: 'JAKARTA PUSAT',
  amountRupiah: 150_000,
  reference: 'dep_1',
});

export const instructionsOf: Readonly<Record<PaymentMethod, DepositInstructions>> = {
  qris: { kind: 'qr', qrPayload },
  'va-bca': { kind: 'virtual-account', bank: 'bca', vaNumber: '8077712345678901' },
  'va-bni': { kind: 'virtual-account', bank: 'bni', vaNumber: '9888012345678901' },
  'va-bri': { kind: 'virtual-account', bank: 'bri', vaNumber: '26215123456789012' },
  'va-mandiri': { kind: 'bill', bank: 'mandiri', billKey: '737612345678', billerCode: '70012' },
  'va-permata': { kind: 'virtual-account', bank: 'permata', vaNumber: '8528012345678901' },
  'va-cimb': { kind: 'virtual-account', bank: 'cimb', vaNumber: '5919012345678901' },
  'ewallet-gopay': {
    kind: 'redirect',
    webUrl: 'https://pay.gateway.example/gopay/1',
    deeplinkUrl: 'gojek://gopay/merchanttransfer?tref=1',
    qrPayload,
  },
  'ewallet-ovo': { kind: 'push' },
  'ewallet-dana': { kind: 'redirect', webUrl: 'https://pay.gateway.example/dana/1', deeplinkUrl: null, qrPayload: null },
  'ewallet-shopeepay': { kind: 'redirect', webUrl: null, deeplinkUrl: 'shopeeid://pay/1', qrPayload: null },
  'manual-transfer': { kind: 'bank-transfer', bank: 'bca', accountNumber: '0357123456', accountName: 'PT XM INDONESIA' },
};

export const lifetimeMs = 30 * 60_000;

export interface PayState {
  /** Newest first. */
  readonly deposits: DepositView[];
  /** The server's time. It is not the browser's: a page that counts by its own clock is found out. */
  readonly now: () => number;
  readonly advance: (milliseconds: number) => void;
  readonly open: (wish: { readonly method: PaymentMethod; readonly amountRupiah: number }) => DepositView;
  /** As the clock says that it is. */
  readonly shown: (deposit: DepositView) => DepositView;
  readonly become: (id: string, change: Partial<DepositView>) => void;
}

export function payState(): PayState {
  let offsetMs = 5 * 3_600_000;
  const deposits: DepositView[] = [];
  const now = (): number => Date.now() + offsetMs;
  const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();
  return {
    deposits,
    now,
    advance: (milliseconds) => (offsetMs += milliseconds),
    open({ method, amountRupiah }) {
      const uniqueCode = method === 'manual-transfer' ? 87 : null;
      const deposit: DepositView = {
        id: `dep_${String(deposits.length).padStart(22, '0')}`,
        status: 'pending',
        method,
        amountRupiah,
        uniqueCode,
        totalRupiah: amountRupiah + (uniqueCode ?? 0),
        createdAt: iso(now()),
        expiresAt: iso(Math.ceil((now() + lifetimeMs) / 1000) * 1000),
        endedAt: null,
        instructions: instructionsOf[method],
        creditedRupiah: 0,
        refundedRupiah: 0,
        isUnderReview: false,
      };
      deposits.unshift(deposit);
      return deposit;
    },
    shown(deposit) {
      const status = statusAt({ status: deposit.status, expiresAtMs: Date.parse(deposit.expiresAt) }, now());
      return { ...deposit, status, instructions: status === 'pending' ? deposit.instructions : null };
    },
    become(id, change) {
      const found = deposits.find((deposit) => deposit.id === id);
      if (found === undefined) throw new Error(`The fake has no deposit ${id}.`);
      Object.assign(found, change);
    },
  };
}
