/**
 * The ledger in memory and in a table, each with a change of a caller's own beside it.
 */
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodbLedger } from '#shared/wallet/dynamodb-ledger.ts';
import { dynamodbLedgerAudit } from '#shared/wallet/dynamodb-ledger-audit.ts';
import type { LedgerDeps } from '#shared/wallet/ledger.ts';
import { posting } from '#shared/wallet/posting.ts';
import type { Ledger, LedgerAudit } from '#shared/wallet/ports.ts';
import { fakeLedger, ledgerDeps, LedgerRace } from '#test/fakes/fake-ledger.ts';
import { fakeLedgerStore } from '#test/fakes/fake-ledger-store.ts';
import type { Engine } from '../platform/dynamodb-engine.ts';

export interface LedgerWorld {
  readonly ledger: Ledger;
  readonly audit: LedgerAudit;
  /** Makes a change together with a mark of the caller's own, which only one may set. */
  joined(request: Parameters<typeof posting>[0], mark: string): Promise<'marked' | 'mark-taken' | 'repeated' | 'refused'>;
  marks(): Promise<string[]>;
}

export const unverified = '100000000000000003';
export const closed = '100000000000000004';

export type Over = Pick<LedgerDeps, 'clock' | 'levels'>;

export async function fakeLedgerWorld(over: Over): Promise<LedgerWorld> {
  const store = fakeLedgerStore();
  const ledger = fakeLedger({ ...over, store });
  const marks = new Set<string>();
  return {
    ledger,
    audit: store,
    async joined(request, mark) {
      const outcome = await ledger.within(posting(request), async (commit) => {
        if (marks.has(mark)) return 'mark-taken' as const;
        if (!commit()) throw new LedgerRace();
        marks.add(mark);
        return 'marked' as const;
      });
      return outcome.state === 'written' ? outcome.answer : outcome.state;
    },
    marks: async () => [...marks],
  };
}

export async function tableLedgerWorld(engine: Engine, { clock, levels }: Over): Promise<LedgerWorld> {
  const table = await engine.table(['gsi1', 'gsi2']);
  const { limits } = ledgerDeps({ store: fakeLedgerStore() });
  const ledger = dynamodbLedger(table, { clock, levels, limits });
  const marks: string[] = [];
  return {
    ledger,
    audit: dynamodbLedgerAudit(table),
    async joined(request, mark) {
      const outcome = await ledger.within(posting(request), async (items) => {
        const own = { TableName: table.name, Item: { pk: `MARK#${mark}`, sk: 'MARK' }, ConditionExpression: 'attribute_not_exists(pk)' };
        try {
          await table.client.send(new TransactWriteCommand({ TransactItems: [{ Put: own }, ...items] }));
        } catch (error) {
          const [reason] = (error as { CancellationReasons?: { Code?: string }[] }).CancellationReasons ?? [];
          if (reason?.Code === 'ConditionalCheckFailed') return 'mark-taken' as const;
          throw error;
        }
        marks.push(mark);
        return 'marked' as const;
      });
      return outcome.state === 'written' ? outcome.answer : outcome.state;
    },
    marks: async () => marks,
  };
}
