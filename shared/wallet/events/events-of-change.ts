/**
 * The event that a change of a stored item is, if it is one: the status has become another one.
 */
import * as z from 'zod';
import { numberAttribute, textAttribute, type ItemChange } from '#shared/platform/stream.ts';
import { depositEventTypes, walletEventSchema, type WalletEvent } from './wallet-event.ts';

const item = {
  id: textAttribute,
  memberId: textAttribute,
  version: numberAttribute,
  updatedAtMs: numberAttribute,
  amountRupiah: numberAttribute,
};

const depositImage = z.object({
  ...item,
  sk: z.object({ S: z.literal('DEPOSIT') }),
  status: textAttribute,
  method: textAttribute,
  gateway: textAttribute,
  creditedRupiah: numberAttribute,
  suspenseRupiah: numberAttribute,
  refundedRupiah: numberAttribute,
  reversedRupiah: numberAttribute,
});

const withdrawalImage = z.object({
  ...item,
  sk: z.object({ S: z.literal('WITHDRAWAL') }),
  state: textAttribute,
  feeRupiah: numberAttribute,
});

const former = z.object({ status: textAttribute.optional(), state: textAttribute.optional() });

/** Undefined for a change of anything else, and for one that nobody is told of. */
export function eventOfChange({ before, after }: ItemChange): WalletEvent | undefined {
  const was = former.safeParse(before ?? {}).data;
  const deposit = depositImage.safeParse(after).data;
  if (deposit !== undefined) return depositEventOf(deposit, was?.status);
  const withdrawal = withdrawalImage.safeParse(after).data;
  return withdrawal === undefined || withdrawal.state === was?.state ? undefined : withdrawalEventOf(withdrawal);
}

function depositEventOf(deposit: z.output<typeof depositImage>, was: string | undefined): WalletEvent | undefined {
  const { id, version, updatedAtMs, sk: _sk, status, ...data } = deposit;
  // A transfer waits for its payment from the beginning on; everything else is charged first, which is nobody else's business.
  const type = was === undefined ? 'opened' : status;
  if (status === was || !depositEventTypes.some((known) => known === type)) return undefined;
  return eventOf({ id, version, updatedAtMs }, { type: `deposit.${type}`, data: { depositId: id, ...data } });
}

function withdrawalEventOf(withdrawal: z.output<typeof withdrawalImage>): WalletEvent {
  const { id, version, updatedAtMs, sk: _sk, state, ...data } = withdrawal;
  return eventOf({ id, version, updatedAtMs }, { type: `withdrawal.${state}`, data: { withdrawalId: id, ...data } });
}

interface Change {
  readonly id: string;
  readonly version: number;
  readonly updatedAtMs: number;
}

function eventOf({ id, version, updatedAtMs }: Change, what: { readonly type: string; readonly data: object }): WalletEvent {
  return walletEventSchema.parse({ id: `${id}.${version}`, version: 1, occurredAt: new Date(updatedAtMs).toISOString(), ...what });
}
