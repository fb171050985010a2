/**
 * `npm run ledger:verify -- [--data FOLDER | --table NAME] [--heads FILE]`: reads everything that was ever booked and computes every chain,
 * balance and hold anew.
 *
 * Exit codes: 0 when all of it is as it was written, 1 when anything differs or cannot be read, 2 for a wrong command line.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { systemChance } from '#shared/platform/chance.ts';
import { documentClient, type Table } from '#shared/platform/dynamodb.ts';
import { accountKinds } from '#shared/wallet/account.ts';
import { dynamodbLedgerAudit } from '#shared/wallet/dynamodb-ledger-audit.ts';
import { verifyLedger, type Heads, type LedgerReport } from '#shared/wallet/verify-ledger.ts';
import { operator } from '../local/operator.ts';
import { runningStack } from '../local/running.ts';

const usage = `npm run ledger:verify -- [options]
  --data FOLDER    the local stack that runs on this data folder; .local without it
  --table NAME     a deployed table instead, with the credentials and the region of the environment
  --heads FILE     compares with the heads of the chains that the file holds from the time before, and keeps the new ones there: accounts
                   that were written anew together, or cut off at their ends, are whole in themselves
`;

interface Command {
  readonly data: string;
  readonly table: string | undefined;
  readonly heads: string | undefined;
}

/** Signatures name a region; the local stack takes any. */
const localRegion = 'ap-southeast-3';

const headsSchema = z.record(z.string(), z.object({ sequence: z.int().nonnegative(), hash: z.hash('sha256') }));

const grouped = new Intl.NumberFormat('en-US');
const rupiah = (amount: number): string => `Rp ${grouped.format(amount)}`;

// Behind the constants: what waits at the top of a module runs before whatever is declared below it has a value.
process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    console.log(usage);
    return 0;
  }
  const command = parse(args);
  if (typeof command === 'string') {
    console.error(`${command}\n\n${usage}`);
    return 2;
  }
  try {
    return await verify(command);
  } catch (error) {
    console.error((error as Error).message);
    return 1;
  }
}

function parse(args: readonly string[]): Command | string {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({ args: [...args], options: { data: text, table: text, heads: text } });
    const { data, table, heads } = values;
    if (data !== undefined && table !== undefined) return 'Either --data or --table.';
    return { data: data ?? '.local', table, heads };
  } catch (error) {
    return (error as Error).message;
  }
}

async function verify(command: Command): Promise<number> {
  const { heads: file } = command;
  const known = file === undefined || !existsSync(file) ? new Map() : readHeads(file);
  const report = await verifyLedger(dynamodbLedgerAudit(tableOf(command)), known);
  tell(report);
  // Heads of a ledger that differs would hide the difference the next time.
  if (file !== undefined && report.problemCount === 0) keepHeads(file, report.heads);
  return report.problemCount === 0 ? 0 : 1;
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

function tableOf({ table, data }: Command): Table {
  if (table !== undefined) return { client: documentClient(), name: table, chance: systemChance };
  const running = runningStack(data);
  if (running === undefined) throw new Error(`No stack runs on ${data}: start it with npm start, or name a deployed table with --table.`);
  const name = running.outputs['WalletTable'];
  if (name === undefined) throw new Error('The stack has no wallet table.');
  const client = new DynamoDBClient({ endpoint: running.gateway, region: localRegion, credentials: operator });
  return { client: DynamoDBDocumentClient.from(client), name, chance: systemChance };
}

function readHeads(file: string): Heads {
  return new Map(Object.entries(headsSchema.parse(JSON.parse(readFileSync(file, 'utf8')))));
}

/** Whole or not at all: half a file would be no witness. */
function keepHeads(file: string, heads: Heads): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(Object.fromEntries(heads), null, 2)}\n`);
  renameSync(`${file}.new`, file);
}
