/**
 * What gateways say, as this house understands it: bodies in the shapes that they document, with values and signatures of our own.
 */
import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAccountNumber } from '#shared/payments/account-number.ts';
import { gatewayIdPattern, memberUrl, pathSegment } from '#shared/payments/gateway-client.ts';
import { midtransChargeBody, midtransChargeKey, midtransInstructions } from '#shared/payments/midtrans-charge.ts';
import { irisSignature, irisWebhook } from '#shared/payments/midtrans-iris-payouts.ts';
import { midtransState, midtransStatus, midtransTransaction, wibMs, wibText } from '#shared/payments/midtrans-transaction.ts';
import { midtransSignature, midtransWebhook } from '#shared/payments/midtrans-webhook.ts';
import { banks, chargeStates, gatewayNames, methodsServed, paymentMethods, serves } from '#shared/payments/payment.ts';
import { payoutStates } from '#shared/payments/payout.ts';
import type { ChargeRequest, WebhookRequest } from '#shared/payments/ports.ts';
import { xenditPayoutWebhook } from '#shared/payments/xendit-payouts.ts';
import { xenditRequestState, xenditStatus } from '#shared/payments/xendit-answers.ts';
import { xenditWebhook } from '#shared/payments/xendit-webhook.ts';

const serverKey = 'SB-Mid-server-unit';
const token = 'token-unit';

const transaction = {
  transaction_id: '5a7c0a3e-0000-4000-8000-000000000001',
  order_id: 'dep_1',
  gross_amount: '50000.00',
  currency: 'IDR',
  transaction_status: 'settlement',
  fraud_status: 'accept',
  settlement_time: '2026-11-21 19:00:05',
};
const statusOf = (over: object) => midtransStatus(midtransTransaction.parse({ ...transaction, ...over }));

describe("Midtrans' statuses", () => {
  it.each([
    ['pending', 'pending'],
    ['PENDING', 'pending'],
    ['authorize', 'pending'],
    ['settlement', 'paid'],
    ['cancel', 'cancelled'],
    ['expire', 'expired'],
    ['failure', 'failed'],
    ['deny', 'failed'],
    ['refund', 'refunded'],
    ['partial_refund', 'partially-refunded'],
    ['chargeback', 'reversed'],
    ['partial_chargeback', 'unknown'],
    ['something-new', 'unknown'],
    ['constructor', 'unknown'],
    ['', 'unknown'],
  ])('%s is %s', (transaction_status, state) => {
    expect(midtransState({ transaction_status })).toBe(state);
    expect(chargeStates).toContain(state);
  });

  it('tells a denial after the settlement from one before', () => {
    expect(midtransState({ transaction_status: 'deny', settlement_time: '2026-11-21 19:00:05', fraud_status: 'accept' })).toBe('reversed');
  });

  it('takes no capture and no settlement under suspicion for money', () => {
    const capture = (fraud_status?: string) => midtransState({ transaction_status: 'capture', fraud_status });
    expect([capture('accept'), capture('challenge'), capture('deny'), capture()]).toEqual(['paid', 'pending', 'failed', 'pending']);
    expect(midtransState({ transaction_status: 'settlement', fraud_status: 'challenge' })).toBe('unknown');
  });

  it('counts a refund once the bank has confirmed it', () => {
    const refund = { refund_key: 'r1', refund_amount: '20000.00' };
    const confirmed = { ...refund, bank_confirmed_at: '2026-11-22 09:00:00' };
    expect(statusOf({ transaction_status: 'partial_refund', refunds: [refund] })).toMatchObject({
      state: 'paid',
      refunds: [{ state: 'pending' }],
    });
    expect(statusOf({ transaction_status: 'partial_refund', refunds: [confirmed] })).toMatchObject({ state: 'partially-refunded' });
    expect(
      statusOf({ transaction_status: 'refund', refunds: [confirmed, { ...confirmed, refund_key: 'r2', refund_amount: '30000.0' }] }),
    ).toMatchObject({
      state: 'refunded',
    });
    // Their sample of a partial refund lists none.
    expect(statusOf({ transaction_status: 'partial_refund' })).toMatchObject({ state: 'partially-refunded', refunds: [] });
  });

  it('claims a payment under their id, at its time in Jakarta', () => {
    expect(statusOf({}).payments).toEqual([
      { paymentId: transaction.transaction_id, amountRupiah: 50_000, paidAtMs: Date.UTC(2026, 10, 21, 12, 0, 5) },
    ]);
  });

  it.each([{ gross_amount: '50000.01' }, { currency: 'USD' }, { order_id: '../x' }, { transaction_id: 'a/b' }, { gross_amount: null }])(
    'is no answer with %o',
    (over) => {
      expect(midtransTransaction.safeParse({ ...transaction, ...over }).success).toBe(false);
    },
  );
});

describe("Midtrans' times", () => {
  it('are of Jakarta, and go both ways', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(2100, 0) / 1_000 }), (seconds) => {
        expect(wibMs(wibText(seconds * 1_000))).toBe(seconds * 1_000);
      }),
    );
  });

  it.each([undefined, '', '2026-02-31 10:00:00', '2026-11-21T10:00:00', '2026-11-21 25:00:00', '2026-11-21'])('are none: %s', (text) => {
    expect(wibMs(text)).toBeNull();
  });

  it('ask for no earlier end than ours, and for none before twenty seconds', () => {
    const request: ChargeRequest = { depositId: 'dep_1', amountRupiah: 1, method: 'qris', expiresAtMs: 0, memberRef: 'm' };
    const context = { returnUrl: 'https://xm.example', nowMs: 0 };
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: -1_000, max: 1e9 }), (nowMs, lifeMs) => {
        const body = midtransChargeBody({ ...request, expiresAtMs: nowMs + lifeMs }, { ...context, nowMs }) as {
          custom_expiry: { order_time: string; expiry_duration: number };
        };
        const endMs = wibMs(body.custom_expiry.order_time.replace(' +0700', ''))! + body.custom_expiry.expiry_duration * 1_000;
        expect(endMs).toBeGreaterThanOrEqual(nowMs + lifeMs);
        expect(body.custom_expiry.expiry_duration).toBeGreaterThanOrEqual(20);
      }),
    );
  });

  it('show the picture of a code when Midtrans gives no payload', () => {
    const url = 'https://api.midtrans.example/v4/qris/1/qr-code';
    const answer = midtransTransaction.parse({ ...transaction, actions: [{ name: 'generate-qr-code-v2', url }] });
    expect(midtransInstructions('qris', answer)).toEqual({ kind: 'qr-image', imageUrl: url });
    expect(midtransInstructions('qris', midtransTransaction.parse(transaction))).toBeUndefined();
  });

  it('have a key that Midtrans does not ignore, where it counts', () => {
    const request: ChargeRequest = { depositId: 'dep_1', amountRupiah: 1, method: 'qris', expiresAtMs: 0, memberRef: 'm' };
    expect(midtransChargeKey(request)).toBe('charge-dep_1');
    expect(midtransChargeKey({ ...request, depositId: `dep_${'1'.repeat(60)}` })).toMatch(/^[0-9a-f]{40}$/);
    expect(midtransChargeKey({ ...request, method: 'va-permata' })).toBeUndefined();
  });
});

function signed(over: object = {}): WebhookRequest {
  const body = { ...transaction, status_code: '200', ...over };
  return { rawBody: Buffer.from(JSON.stringify({ ...body, signature_key: midtransSignature(body, serverKey) })), headers: {} };
}

describe('webhooks', () => {
  it('of Midtrans are signed over order, code and amount, in this order', () => {
    const expected = createHash('sha512').update('dep_120050000.00SB-Mid-server-unit').digest('hex');
    expect(midtransSignature({ order_id: 'dep_1', status_code: '200', gross_amount: '50000.00' }, serverKey)).toBe(expected);
    expect(midtransWebhook(signed(), serverKey)).toMatchObject({
      kind: 'admitted',
      notification: { depositId: 'dep_1', claimedState: 'paid' },
    });
  });

  it.each([{ order_id: 'dep_2' }, { gross_amount: '50001.00' }, { status_code: '201' }])(
    'of Midtrans are refused with %o changed',
    (over) => {
      const body = { ...(JSON.parse(Buffer.from(signed().rawBody).toString()) as object), ...over };
      expect(midtransWebhook({ rawBody: Buffer.from(JSON.stringify(body)), headers: {} }, serverKey)).toEqual({
        kind: 'refused',
        reason: 'signature',
      });
    },
  );

  it('are refused by everybody whose key is not set', () => {
    const { rawBody } = signed();
    expect(midtransWebhook({ rawBody: Buffer.from(rawBody), headers: {} }, '')).toMatchObject({ kind: 'refused' });
    expect(irisWebhook({ rawBody, headers: { 'iris-signature': irisSignature(rawBody, '') } }, '')).toMatchObject({ kind: 'refused' });
    for (const headers of [{}, { 'x-callback-token': '' }])
      expect(xenditWebhook({ rawBody, headers }, '')).toMatchObject({ kind: 'refused' });
  });

  it('have the id of their news, however often and in whichever order of members they come', () => {
    const idOf = (request: WebhookRequest) => {
      const outcome = midtransWebhook(request, serverKey);
      return outcome.kind === 'admitted' ? outcome.notification.eventId : outcome.reason;
    };
    const reversed = Object.fromEntries(Object.entries(JSON.parse(Buffer.from(signed().rawBody).toString()) as object).toReversed());
    expect(idOf({ rawBody: Buffer.from(JSON.stringify(reversed)), headers: {} })).toBe(idOf(signed()));
    // The second notification of a refund is other news than the first.
    const refund = { refund_key: 'r1', refund_amount: '1.00' };
    const first = signed({ transaction_status: 'refund', refunds: [refund] });
    const second = signed({ transaction_status: 'refund', refunds: [{ ...refund, bank_confirmed_at: '2026-11-22 09:00:00' }] });
    expect(idOf(first)).not.toBe(idOf(second));
  });

  const xendit = (body: object): WebhookRequest => ({ rawBody: Buffer.from(JSON.stringify(body)), headers: { 'x-callback-token': token } });

  it("of Xendit's refunds are read in both shapes that they document", () => {
    const data = { id: 'rfd-1', payment_request_id: 'pr-1', status: 'SUCCEEDED' };
    const [plain, nested] = [data, { event: 'refund.succeeded', data }].map((inner) =>
      xenditWebhook(xendit({ event: 'refund.succeeded', data: inner }), token),
    );
    expect(plain).toMatchObject({ kind: 'admitted', notification: { about: 'refund', gatewayTransactionId: 'pr-1', depositId: null } });
    expect(nested).toEqual(plain);
  });

  it("of Xendit's refunds that name no payment request are found by our key", () => {
    const data = { id: 'rfd-1', payment_id: 'py-1', reference_id: 'ref-1', status: 'FAILED' };
    expect(xenditWebhook(xendit({ event: 'refund.failed', data }), token)).toMatchObject({
      kind: 'admitted',
      notification: { about: 'refund', depositId: null, gatewayTransactionId: null, refundKey: 'ref-1', claimedState: 'paid' },
    });
    expect(xenditWebhook(xendit({ event: 'refund.failed', data: { ...data, reference_id: null } }), token)).toMatchObject({
      reason: 'malformed',
    });
  });

  it('of Xendit about other things are none of ours', () => {
    expect(xenditWebhook(xendit({ event: 'payment_token.activation', data: {} }), token)).toEqual({ kind: 'refused', reason: 'not-ours' });
    expect(xenditPayoutWebhook(xendit({ event: 'v3_payout.succeeded', data: {} }), token)).toEqual({ kind: 'refused', reason: 'not-ours' });
  });

  it.each(['REQUIRES_ACTION', 'ACCEPTING_PAYMENTS', 'AUTHORIZED', 'CANCELED', 'EXPIRED', 'FAILED', 'SUCCEEDED', '__proto__'])(
    'of Xendit never claim money by the word of a request alone: %s',
    (status) => {
      expect(xenditRequestState(status)).not.toBe('paid');
    },
  );

  it('never throw, whatever comes', () => {
    const bodies = fc.oneof(
      fc.uint8Array({ maxLength: 500 }),
      fc.json({ maxDepth: 3 }).map((text) => Buffer.from(text)),
      fc
        .record(
          {
            order_id: fc.anything(),
            status_code: fc.anything(),
            gross_amount: fc.anything(),
            signature_key: fc.string(),
            event: fc.string(),
            data: fc.object(),
          },
          { requiredKeys: [] },
        )
        .map((body) => Buffer.from(safeJson(body))),
    );
    fc.assert(
      fc.property(bodies, fc.option(fc.string(), { nil: undefined }), (rawBody, header) => {
        const request = { rawBody, headers: { 'x-callback-token': header, 'iris-signature': header } };
        const known = { rawBody, headers: { 'x-callback-token': token, 'iris-signature': irisSignature(rawBody, 'key') } };
        expect(midtransWebhook(request, serverKey).kind).toBe('refused');
        expect(xenditWebhook(request, token).kind).toBe('refused');
        expect(irisWebhook(request, 'key').kind).toBe('refused');
        // Admitted by its signature, a body may still be anything.
        for (const outcome of [xenditWebhook(known, token), xenditPayoutWebhook(known, token), irisWebhook(known, 'key')])
          expect(['refused', 'admitted']).toContain(outcome.kind);
      }),
    );
  });
});

function safeJson(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) => (typeof member === 'bigint' ? member.toString() : member));
}

describe('ids and addresses of gateways', () => {
  it.each(['../v1/other?x=', 'a/b', '', '..', 'a..b', 'a b', 'a%2e', '.a', 'a?b', 'a#b', 'x'.repeat(101), 'a\n'])(
    'are no segment of a path: %s',
    (id) => {
      expect(pathSegment(id)).toBeUndefined();
    },
  );

  it('stay in their path, whatever they are', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 120 }), (id) => {
        const segment = pathSegment(id) ?? 'none';
        expect(new URL(`https://api.example/v2/${segment}/status`).pathname.split('/')).toHaveLength(4);
        expect(gatewayIdPattern.test(decodeURIComponent(segment))).toBe(true);
      }),
    );
  });

  it('lead to pages and apps, and to nothing that runs in ours', () => {
    const leads = (url: string) => memberUrl.safeParse(url).success;
    expect(['https://pay.example/x', 'gojek://gopay/pay?x=1', 'shopeeid://x'].map(leads)).toEqual([true, true, true]);
    expect(['javascript:alert(1)', 'JavaScript:alert(1)', 'data:text/html,x', 'file:///etc', 'nonsense', ''].map(leads)).toEqual(
      Array.from({ length: 6 }, () => false),
    );
  });
});

it('serves every method by a gateway at least, within its amounts', () => {
  expect(serves('midtrans', 'qris', 10_000_000)).toBe(true);
  expect(serves('midtrans', 'qris', 10_000_001)).toBe(false);
  expect(serves('xendit', 'va-bca', 9_999)).toBe(false);
  expect(gatewayNames.some((gateway) => serves(gateway, 'manual-transfer', 50_000))).toBe(false);
  const served = new Set(gatewayNames.flatMap((gateway) => Object.keys(methodsServed[gateway])));
  expect([...served, 'manual-transfer'].toSorted()).toEqual(paymentMethods.toSorted());
});

it('knows what account numbers each bank has', () => {
  const lengthsOf = (bank: (typeof banks)[number]) =>
    Array.from({ length: 21 }, (_, length) => '1'.repeat(length))
      .filter((number) => isAccountNumber(bank, number))
      .map(({ length }) => length);
  expect(Object.fromEntries(banks.map((bank) => [bank, [lengthsOf(bank)[0], lengthsOf(bank).at(-1)]]))).toEqual({
    bca: [10, 10],
    bni: [7, 11],
    bri: [13, 17],
    mandiri: [12, 17],
    permata: [7, 16],
    cimb: [10, 14],
  });
  expect(isAccountNumber('bca', '１２３４５６７８９０')).toBe(false);
});

it.each(['queued', 'approved', 'processed', 'completed', 'failed', 'rejected', 'toString'])(
  'a payout of Iris that is %s has a state of ours',
  (status) => {
    const rawBody = Buffer.from(JSON.stringify({ reference_no: 'po-1', amount: '12333.0', status }));
    const outcome = irisWebhook({ rawBody, headers: { 'iris-signature': irisSignature(rawBody, 'key') } }, 'key');
    const claimed = outcome.kind === 'admitted' ? outcome.notification.claimedState : undefined;
    expect(payoutStates).toContain(claimed);
    expect(claimed === 'unknown').toBe(status === 'toString');
  },
);

describe('what Xendit took back', () => {
  const request = { payment_request_id: 'pr-1', reference_id: 'dep_1', currency: 'IDR' as const, status: 'SUCCEEDED', actions: [] };
  const paid = (product_id: string, status: string, type = 'PAYMENT') => ({
    type,
    status,
    product_id,
    currency: 'IDR' as const,
    amount: 20_000,
    created: '2026-11-21T12:00:00Z',
  });
  const reversed = (...transactions: ReturnType<typeof paid>[]) => {
    const { state, payments } = xenditStatus({ request, latest: undefined, transactions, refunds: [] });
    return [state, payments.filter(({ isReversed }) => isReversed === true).map(({ paymentId }) => paymentId)];
  };

  it('is named where a payment itself was reversed, and not beside a chargeback, which names none', () => {
    expect(reversed(paid('py-1', 'SUCCESS'), paid('py-2', 'REVERSED'))).toEqual(['reversed', ['py-2']]);
    expect(reversed(paid('py-1', 'SUCCESS'), paid('py-2', 'SUCCESS'), paid('cb-1', 'SUCCESS', 'CHARGEBACK'))).toEqual(['reversed', []]);
    expect(reversed(paid('py-1', 'SUCCESS'), paid('py-2', 'VOIDED'), paid('cb-1', 'SUCCESS', 'CHARGEBACK'))).toEqual(['reversed', []]);
    expect(reversed(paid('py-1', 'SUCCESS'))).toEqual(['paid', []]);
  });
});
