import { describe, expect, it } from 'vitest';
import { eventOfChange } from '#shared/wallet/events/events-of-change.ts';
import { posthogAnalytics } from '#shared/wallet/events/posthog-analytics.ts';

const image = (status: string, version: number) => ({
  sk: { S: 'DEPOSIT' },
  id: { S: 'dep_1' },
  memberId: { S: '100000000000000001' },
  status: { S: status },
  method: { S: 'qris' },
  gateway: { S: 'midtrans' },
  version: { N: String(version) },
  updatedAtMs: { N: '1795262400000' },
  amountRupiah: { N: '150000' },
  creditedRupiah: { N: status === 'paid' ? '150000' : '0' },
  suspenseRupiah: { N: '0' },
  refundedRupiah: { N: '0' },
  reversedRupiah: { N: '0' },
});

const withdrawal = (state: string) => ({
  sk: { S: 'WITHDRAWAL' },
  id: { S: 'wd_1' },
  memberId: { S: '100000000000000001' },
  state: { S: state },
  version: { N: '2' },
  updatedAtMs: { N: '1795262400000' },
  amountRupiah: { N: '100000' },
  feeRupiah: { N: '2500' },
});

describe('a change of the table', () => {
  it('is an event when the status has become another one, with an id that is always the same', () => {
    const change = { before: image('pending', 2), after: image('paid', 3) };
    const event = eventOfChange(change);
    expect(event).toMatchObject({ id: 'dep_1.3', version: 1, type: 'deposit.paid', data: { depositId: 'dep_1', creditedRupiah: 150_000 } });
    expect(eventOfChange(change)).toEqual(event);
  });

  it('opens a deposit, and does not tell how it was charged', () => {
    expect(eventOfChange({ before: undefined, after: image('creating', 1) })?.type).toBe('deposit.opened');
    expect(eventOfChange({ before: image('creating', 1), after: image('pending', 2) })).toBeUndefined();
    expect(eventOfChange({ before: undefined, after: image('pending', 1) })?.type).toBe('deposit.opened');
  });

  it('that leaves the status as it was is told to nobody, nor one of anything else', () => {
    expect(eventOfChange({ before: image('paid', 3), after: image('paid', 4) })).toBeUndefined();
    expect(eventOfChange({ before: undefined, after: { sk: { S: 'BALANCE' } } })).toBeUndefined();
    expect(eventOfChange({ before: image('paid', 3), after: undefined })).toBeUndefined();
  });

  it('of a withdrawal is one as well', () => {
    expect(eventOfChange({ before: withdrawal('sent'), after: withdrawal('completed') })).toMatchObject({
      type: 'withdrawal.completed',
      data: { withdrawalId: 'wd_1', amountRupiah: 100_000, feeRupiah: 2_500 },
    });
    expect(eventOfChange({ before: withdrawal('sent'), after: withdrawal('sent') })).toBeUndefined();
  });
});

describe('analytics', () => {
  const event = eventOfChange({ before: image('pending', 2), after: image('paid', 3) });
  const calls: { url: string; body: { api_key: string; batch: { uuid: string }[] } }[] = [];
  const answering = (status: number) =>
    posthogAnalytics({
      baseUrl: 'https://posthog.example',
      projectKey: async () => 'phc_key',
      fetch: async (url, init) => {
        calls.push({ url: url as string, body: JSON.parse(init?.body as string) as (typeof calls)[number]['body'] });
        return new Response('{}', { status });
      },
    });

  it('get an event under an id by which they know it again', async () => {
    if (event === undefined) throw new Error('no event');
    await answering(200).capture(event);
    await answering(200).capture(event);
    const [first, second] = calls;
    expect(first).toMatchObject({
      url: 'https://posthog.example/batch/',
      body: { api_key: 'phc_key', batch: [{ event: 'deposit.paid' }] },
    });
    expect(first?.body.batch[0]?.uuid).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
    expect(second?.body).toEqual(first?.body);
  });

  it('that do not take it are asked again', async () => {
    if (event === undefined) throw new Error('no event');
    await expect(answering(503).capture(event)).rejects.toThrow('503');
  });
});
