/**
 * The hold: money of a member that is set aside until it is either taken or given back, once.
 */
import * as z from 'zod';
import { accountSchema } from './account.ts';
import { amountRupiahSchema } from './amount.ts';
import { changeSchema } from './posting.ts';

const openHoldSchema = z.strictObject({
  id: changeSchema.shape.id,
  account: accountSchema,
  amountRupiah: amountRupiahSchema,
  reference: changeSchema.shape.reference,
  openedAt: z.iso.datetime({ precision: 3 }),
  /** Number of the account's entry that opened it. */
  openedSequence: z.int().positive(),
  state: z.literal('held'),
});

export const holdSchema = z.discriminatedUnion('state', [
  openHoldSchema,
  openHoldSchema.extend({
    state: z.enum(['settled', 'released']),
    closedAt: z.iso.datetime({ precision: 3 }),
    closedSequence: z.int().positive(),
    /** The posting that closed it. */
    closedBy: changeSchema.shape.id,
  }),
]);
export type Hold = z.output<typeof holdSchema>;
