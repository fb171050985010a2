/**
 * The ledger, as staff read it.
 */
import { systemChance } from '#shared/platform/chance.ts';
import { systemClock } from '#shared/platform/clock.ts';
import { documentClient } from '#shared/platform/dynamodb.ts';
import { requireEnv } from '#shared/platform/env.ts';
import { httpHandler, on } from '#shared/platform/http/http-handler.ts';
import { dynamodbLedger } from '#shared/wallet/dynamodb-ledger.ts';
import { ledgerRoutes } from '#shared/wallet/ledger-desk/ledger-routes.ts';
import { exportStatement, listBooks, readBook, readPosting, readStatement } from '#shared/wallet/ledger-desk/read-ledger.ts';
import { walletLimits } from '#shared/wallet/wallet-limits.ts';

const env = requireEnv('WALLET_TABLE');
const table = { client: documentClient(), chance: systemChance, name: env.WALLET_TABLE };
// Nothing is booked here, so nobody's level is asked for.
const deps = { ledger: dynamodbLedger(table, { clock: systemClock, levels: { of: async () => undefined }, limits: walletLimits }) };

export const handler = httpHandler(
  on(ledgerRoutes.books, () => listBooks(deps)),
  on(ledgerRoutes.book, ({ path }) => readBook(deps, path.book)),
  on(ledgerRoutes.statement, ({ path, query }) => readStatement(deps, { ...path, ...query })),
  on(ledgerRoutes.csv, ({ path, query }) => exportStatement(deps, { ...path, ...query })),
  on(ledgerRoutes.posting, ({ path }) => readPosting(deps, path.postingId)),
);
