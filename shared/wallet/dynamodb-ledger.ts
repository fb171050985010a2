/**
 * The ledger in DynamoDB, for callers who keep states of their own in the same transaction.
 */
import type { TransactItems } from '#shared/platform/audit/dynamodb-audit-log.ts';
import type { Table } from '#shared/platform/dynamodb.ts';
import { isLedgerRace, itemsOf } from './dynamodb-ledger-writes.ts';
import { dynamodbLedgerStore } from './dynamodb-ledger-store.ts';
import { commitChange, decide, ledgerOn, type Attempt, type LedgerDeps } from './ledger.ts';
import { ledgerLimits } from './limits.ts';
import type { LedgerChange, PostingRecord } from './posting.ts';
import type { JoinedLedger } from './ports.ts';

/** Items that a caller may put beside those of one change. */
export const callerItemsMax = ledgerLimits.itemsPerTransactionMax - ledgerLimits.itemsPerPostingMax;

export type DynamodbLedger = JoinedLedger<TransactItems>;

export function dynamodbLedger(table: Table, deps: Omit<LedgerDeps, 'store' | 'chance'>): DynamodbLedger {
  const joined: LedgerDeps = { ...deps, store: dynamodbLedgerStore(table), chance: table.chance };
  return {
    ...ledgerOn(joined),
    async prepare(change) {
      const decision = await decide(joined, change);
      if (decision.state !== 'write') return decision;
      return { state: 'ready', writes: itemsOf(table.name, decision.write), record: decision.write.record };
    },
    within: <T>(change: LedgerChange, write: (writes: TransactItems, record: PostingRecord) => Promise<T>) =>
      commitChange(joined, change, async (decided): Promise<Attempt<T>> => {
        try {
          return { written: true, answer: await write(itemsOf(table.name, decided), decided.record) };
        } catch (error) {
          if (isLedgerRace(error)) return { written: false };
          throw error;
        }
      }),
  };
}
