/**
 * What a function's answer means for its batch under `ReportBatchItemFailures`.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html (success and failure conditions)
 */
import { z } from 'zod';

export type BatchVerdict =
  | { readonly kind: 'success' }
  /** These identifiers failed, in the order reported; the rest succeeded. */
  | { readonly kind: 'partial'; readonly failed: readonly string[] }
  /** The answer is malformed, so the whole batch counts as failed. */
  | { readonly kind: 'failure'; readonly reason: string };

const Answer = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish() }).nullish();

/** `known` holds the identifiers of the batch: an answer that names another one is malformed. */
export function batchVerdict(payload: unknown, known: ReadonlySet<string>): BatchVerdict {
  const answer = Answer.safeParse(payload);
  if (!answer.success) return { kind: 'failure', reason: z.prettifyError(answer.error) };
  const failed = (answer.data?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
  const stranger = failed.find((identifier) => !known.has(identifier));
  if (stranger !== undefined) return { kind: 'failure', reason: `${JSON.stringify(stranger)} is no item of the batch` };
  return failed.length === 0 ? { kind: 'success' } : { kind: 'partial', failed };
}
