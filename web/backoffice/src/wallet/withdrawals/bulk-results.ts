/**
 * What became of each withdrawal of a decision about several.
 */
import type { Api } from '../../shell/api/client.ts';
import { readWithdrawal, type Withdrawal } from './withdrawal-source.ts';

export interface BulkResult {
  /** As it is now; as it was shown, where that could not be read. */
  readonly withdrawal: Withdrawal;
  /** Code of the fault; undefined when it was decided. */
  readonly refusal: string | undefined;
}

interface Answered {
  readonly id: string;
  readonly withdrawal: Withdrawal | null;
  readonly problem: { readonly code: string } | null;
}

/** Those that were refused are read once more: who was faster, and when, stands in them. */
export function resultsOf(api: Api, named: readonly Withdrawal[], answered: readonly Answered[]): Promise<BulkResult[]> {
  const shown = new Map(named.map((withdrawal) => [withdrawal.id, withdrawal]));
  const found = answered.map(async ({ id, withdrawal, problem }): Promise<BulkResult | undefined> => {
    const now = withdrawal ?? (await readWithdrawal(api, id).catch(() => shown.get(id)));
    return now && { withdrawal: now, refusal: problem?.code };
  });
  return Promise.all(found).then((results) => results.filter((result) => result !== undefined));
}
