/**
 * Changes of what moves money, in DynamoDB: the change itself, what it books and the record of who decided it are one transaction.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { AuditEntry } from '#shared/platform/audit/audit-record.ts';
import type { DynamodbAuditLog, TransactItems } from '#shared/platform/audit/dynamodb-audit-log.ts';
import type { Table } from '#shared/platform/dynamodb.ts';
import type { Refusal } from './decide-change.ts';
import type { DynamodbLedger } from './dynamodb-ledger.ts';
import { ledgerFault } from './ledger-faults.ts';
import { ledgerLimits } from './limits.ts';
import type { LedgerChange } from './posting.ts';

interface WalletWrite {
  /** The caller's own items. A condition of theirs that does not hold undoes everything. */
  readonly items: TransactItems;
  /** What is booked with it. */
  readonly change?: LedgerChange | undefined;
  /** Who decided it, and why. */
  readonly entry?: AuditEntry | undefined;
}

type WalletWritten =
  | { readonly state: 'written' }
  /** It was booked before, under the same id: nothing was written now. */
  | { readonly state: 'repeated' }
  | { readonly state: 'refused'; readonly refusal: Refusal }
  /** Conditions of the caller's own did not hold: places in `items`. */
  | { readonly state: 'failed'; readonly failed: readonly number[] };

const { firstMs, mostMs } = ledgerLimits.retryWait;

export type WalletWriter = (write: WalletWrite) => Promise<WalletWritten>;

/**
 * `audit` may be left out where nobody decides. Who loses the race for the ledger's and the audit log's items at once, of which each of the two knows
 * only its own, waits and tries again; who always loses gets the fault `ledger.busy`.
 */
export function dynamodbWalletWriter(
  table: Table,
  deps: { readonly ledger: DynamodbLedger; readonly audit?: DynamodbAuditLog },
): WalletWriter {
  const commit = async (own: TransactItems, others: TransactItems): Promise<WalletWritten> => {
    try {
      await table.client.send(new TransactWriteCommand({ TransactItems: [...own, ...others] }));
      return { state: 'written' };
    } catch (error) {
      const failed = failedConditions(error).filter((place) => place < own.length);
      if (failed.length === 0) throw error;
      return { state: 'failed', failed };
    }
  };
  const recorded = ({ items, entry }: WalletWrite, booked: TransactItems): Promise<WalletWritten> => {
    if (entry === undefined) return commit(items, booked);
    if (deps.audit === undefined) throw new TypeError('A decision needs an audit log.');
    return deps.audit.within(entry, (record) => commit(items, [...booked, ...record]));
  };
  return async (write) => {
    for (let attempt = 1; attempt <= ledgerLimits.attemptsMax; attempt += 1) {
      try {
        return await booked(deps.ledger, write, (items) => recorded(write, items));
      } catch (error) {
        if (!isRace(error)) throw error;
      }
      await sleep(table.chance.fraction() * Math.min(mostMs, firstMs * 2 ** attempt));
    }
    throw ledgerFault('ledger.busy', { retryAfterSeconds: ledgerLimits.busyRetryAfterSeconds });
  };
}

async function booked(
  ledger: DynamodbLedger,
  { change }: WalletWrite,
  write: (items: TransactItems) => Promise<WalletWritten>,
): Promise<WalletWritten> {
  if (change === undefined) return write([]);
  const outcome = await ledger.within(change, write);
  return outcome.state === 'written' ? outcome.answer : outcome;
}

/** What of a transaction's reasons the same transaction, made anew, may be spared. */
const passing = new Set(['ConditionalCheckFailed', 'TransactionConflict']);

const isRace = (error: unknown): boolean => reasonsOf(error).some(({ Code = '' }) => passing.has(Code));

/** Places of the items whose conditions did not hold. */
function failedConditions(error: unknown): number[] {
  return reasonsOf(error).flatMap(({ Code }, place) => (Code === 'ConditionalCheckFailed' ? [place] : []));
}

const reasonsOf = (error: unknown) => (error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : []);
