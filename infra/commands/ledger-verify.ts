/**
 * `npm run ledger:verify -- [--data FOLDER | --table NAME] [--heads FILE]`: reads everything that was ever booked and computes every chain,
 * balance and hold anew.
 *
 * Exit codes: 0 when all of it is as it was written, 1 when anything differs or cannot be read, 2 for a wrong command line.
 */
import * as z from 'zod';
import type { Table } from '#shared/platform/dynamodb.ts';
import { accountKinds } from '#shared/wallet/account.ts';
import { dynamodbLedgerAudit } from '#shared/wallet/dynamodb-ledger-audit.ts';
import { verifyLedger, type LedgerReport } from '#shared/wallet/verify-ledger.ts';
import { keepWitness, runVerifyCommand, witnessIn } from './verify-command.ts';

const usage = `npm run ledger:verify -- [options]
  --data FOLDER    the local stack that runs on this data folder; .local without it
  --table NAME     a deployed table instead, with the credentials and the region of the environment
  --heads FILE     compares with the heads of the chains that the file holds from the time before, and keeps the new ones there: accounts
                   that were written anew together, or cut off at their ends, are whole in themselves
`;

const headSchema = z.object({ sequence: z.int().nonnegative(), hash: z.hash('sha256') });

const grouped = new Intl.NumberFormat('en-US');
const rupiah = (amount: number): string => `Rp ${grouped.format(amount)}`;

// Behind the constants: what waits at the top of a module runs before whatever is declared below it has a value.
await runVerifyCommand({ usage, options: { heads: { type: 'string' } }, output: 'WalletTable', verify });

async function verify(table: Table, { heads: file }: { readonly heads?: string | undefined }): Promise<boolean> {
  const report = await verifyLedger(dynamodbLedgerAudit(table), witnessIn(file, headSchema));
  tell(report);
  const isWhole = report.problemCount === 0;
  // Heads of a ledger that differs would hide the difference the next time.
  if (file !== undefined && isWhole) keepWitness(file, report.heads);
  return isWhole;
}

/** Problems one line each, so that they can be counted. */
function tell({ problems, problemCount, totals, sum, ...counts }: LedgerReport): void {
  for (const problem of problems) console.error(problem);
  if (problemCount > problems.length) console.error(`and ${problemCount - problems.length} more`);
  for (const kind of accountKinds) console.log(`${kind.padEnd(10)} ${rupiah(totals[kind]).padStart(26)}`);
  const { accounts, entries, postings, claims, holds } = counts;
  const verdict = problemCount === 0 ? 'whole' : `${problemCount} problems`;
  console.log(
    `${accounts} accounts, ${entries} entries, ${postings} postings, ${claims} claims, ${holds} holds; together ${rupiah(sum)}: ${verdict}`,
  );
}
