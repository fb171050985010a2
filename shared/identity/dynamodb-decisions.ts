/**
 * Decisions in DynamoDB: what was decided and its audit record are one transaction, so there is never one without the other.
 */
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { AuditEntry } from '#shared/platform/audit/audit-record.ts';
import type { Chance } from '#shared/platform/chance.ts';
import type { DynamodbAuditLog, TransactItems } from '#shared/platform/audit/dynamodb-audit-log.ts';

/** Where decisions and their records are written. */
export interface DecisionTables {
  readonly client: DynamoDBDocumentClient;
  readonly identity: string;
  readonly guards: string;
  readonly audit: DynamodbAuditLog;
  readonly chance: Chance;
}

/**
 * Writes all of it or nothing. Answers which of the decision's own writes had conditions that do not hold, by their place in `writes`; none when
 * all of it was written.
 */
export async function decide(tables: DecisionTables, entry: AuditEntry, writes: TransactItems): Promise<readonly number[]> {
  return tables.audit.within(entry, async (record) => {
    try {
      await tables.client.send(new TransactWriteCommand({ TransactItems: [...writes, ...record] }));
      return [];
    } catch (error) {
      const failed = failedConditions(error).filter((place) => place < writes.length);
      if (failed.length === 0) throw error;
      return failed;
    }
  });
}

/**
 * The same for a transaction that somebody else commits: `commit` is given the parts to put beside its own. False when a condition of one of these
 * did not hold; what `commit` throws of its own comes through.
 */
export async function decideAlongside(
  { audit }: DecisionTables,
  { entry, writes }: { readonly entry: AuditEntry; readonly writes: TransactItems },
  commit: (parts: TransactItems) => Promise<void>,
): Promise<boolean> {
  try {
    await audit.within(entry, (record) => commit([...writes, ...record]));
    return true;
  } catch (error) {
    if (failedConditions(error).length > 0) return false;
    throw error;
  }
}

/** Places of the writes whose conditions did not hold. */
function failedConditions(error: unknown): number[] {
  if (!(error instanceof TransactionCanceledException)) return [];
  return (error.CancellationReasons ?? []).flatMap(({ Code }, place) => (Code === 'ConditionalCheckFailed' ? [place] : []));
}
