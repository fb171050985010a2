/**
 * What a member asked for under a key, and what was answered: for ever.
 */
import * as z from 'zod';

/** Written in the transaction that did what was asked. */
export const rememberedSchema = z.object({
  memberId: z.string(),
  key: z.string(),
  /** Of what was asked for. */
  wishHash: z.hash('sha256'),
  /** Of what was made. */
  id: z.string(),
  answer: z.record(z.string(), z.json()),
});
export type Remembered = z.output<typeof rememberedSchema>;
