/**
 * The DynamoDB engine of the local stack, with empty tables of the Log Scanner.
 */
import type { LogsTable } from '#shared/logs/dynamodb-file-store.ts';
import { limits } from '#shared/logs/limits.ts';
import { startDynamodb as startEngine } from '../platform/dynamodb-engine.ts';

export interface Engine {
  /** A new table with nothing in it. */
  table(): Promise<LogsTable>;
  stop(): Promise<void>;
}

export async function startDynamodb(): Promise<Engine> {
  const engine = await startEngine();
  return {
    table: async () => ({ ...(await engine.table(['gsi1', 'gsi2'], 'KEYS_ONLY')), retentionDays: limits.retentionDays }),
    stop: () => engine.stop(),
  };
}
