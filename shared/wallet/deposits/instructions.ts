/**
 * What to show the member so that they can pay, as it is stored and answered.
 */
import * as z from 'zod';
import { banks } from '#shared/payments/payment.ts';

const bank = z.enum(banks);
const url = z.string().max(2_000);

export const instructionsSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('qr'), qrPayload: z.string() }),
    z.object({ kind: z.literal('qr-image'), imageUrl: url }),
    z.object({ kind: z.literal('virtual-account'), bank, vaNumber: z.string() }),
    z.object({ kind: z.literal('bill'), bank, billKey: z.string(), billerCode: z.string() }),
    z.object({ kind: z.literal('redirect'), webUrl: url.nullable(), deeplinkUrl: url.nullable(), qrPayload: z.string().nullable() }),
    z.object({ kind: z.literal('push') }),
    /** To an account of ours, with exactly the deposit's `totalRupiah`. */
    z.object({ kind: z.literal('bank-transfer'), bank, accountNumber: z.string(), accountName: z.string() }),
  ])
  .meta({ id: 'PaymentInstructions', description: 'How to pay. A `qr` payload is EMVCo, to be rendered; `push` has gone to the phone.' });

export type DepositInstructions = z.output<typeof instructionsSchema>;
