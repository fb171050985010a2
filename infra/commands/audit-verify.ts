/**
 * `npm run audit:verify -- [--data FOLDER | --table NAME] [--stream STREAM] [--ends FILE]`: reads every record of the audit log and computes
 * its chains anew.
 *
 * Exit codes: 0 when all of it is as it was written, 1 when anything differs or cannot be read, 2 for a wrong command line.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamodbAuditReader } from '#shared/platform/audit/dynamodb-audit-reader.ts';
import { verifyAll, verifyWhole, type ChainEnd, type ChainReport } from '#shared/platform/audit/verify-audit.ts';
import { systemChance } from '#shared/platform/chance.ts';
import { documentClient, type Table } from '#shared/platform/dynamodb.ts';
import { operator } from '../local/operator.ts';
import { runningStack } from '../local/running.ts';

const usage = `npm run audit:verify -- [options]
  --data FOLDER    the local stack that runs on this data folder; .local without it
  --table NAME     a deployed table instead, with the credentials and the region of the environment
  --stream STREAM  one stream alone, such as member:123456789012345678
  --ends FILE      compares with the ends of the chains that the file holds from the time before, and keeps the new ones there: a chain
                   that was cut off at its end, or written anew, is whole in itself
`;

interface Command {
  readonly data: string;
  readonly table: string | undefined;
  readonly stream: string | undefined;
  readonly ends: string | undefined;
}

/** Signatures name a region; the local stack takes any. */
const localRegion = 'ap-southeast-3';
const endsSchema = z.record(z.string(), z.object({ seq: z.int().positive(), hash: z.hash('sha256') }));

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
    const { values } = parseArgs({ args: [...args], options: { data: text, table: text, stream: text, ends: text } });
    const { data, table, stream, ends } = values;
    if (data !== undefined && table !== undefined) return 'Either --data or --table.';
    return { data: data ?? '.local', table, stream, ends };
  } catch (error) {
    return (error as Error).message;
  }
}

async function verify(command: Command): Promise<number> {
  const { stream, ends: file } = command;
  const deps = { audit: dynamodbAuditReader(tableOf(command)) };
  const ends = file === undefined || !existsSync(file) ? new Map<string, ChainEnd>() : readEnds(file);
  const reports = stream === undefined ? verifyAll(deps, ends) : [verifyWhole(deps, stream, ends.get(stream))];
  const totals = { streams: 0, records: 0, broken: 0 };
  for await (const report of reports) {
    totals.streams += 1;
    totals.records += report.records;
    totals.broken += tell(report);
    if (report.end !== undefined) ends.set(report.stream, report.end);
  }
  console.log(`chains ${totals.streams}, records ${totals.records}, broken ${totals.broken}`);
  // Ends of a log that differs would hide the difference the next time.
  if (file !== undefined && totals.broken === 0) keepEnds(file, ends);
  return totals.broken === 0 ? 0 : 1;
}

/** Names a chain that is broken; one line each, so that they can be counted. */
function tell({ brokenAt }: ChainReport): 0 | 1 {
  if (brokenAt === null) return 0;
  console.error(`broken at ${brokenAt}`);
  return 1;
}

function tableOf({ table, data }: Command): Table {
  if (table !== undefined) return { client: documentClient(), name: table, chance: systemChance };
  const running = runningStack(data);
  if (running === undefined) throw new Error(`No stack runs on ${data}: start it with npm start, or name a deployed table with --table.`);
  const name = running.outputs['AuditTable'];
  if (name === undefined) throw new Error('The stack has no audit table.');
  const client = new DynamoDBClient({ endpoint: running.gateway, region: localRegion, credentials: operator });
  return { client: DynamoDBDocumentClient.from(client), name, chance: systemChance };
}

function readEnds(file: string): Map<string, ChainEnd> {
  return new Map(Object.entries(endsSchema.parse(JSON.parse(readFileSync(file, 'utf8')))));
}

/** Whole or not at all: half a file would be no witness. */
function keepEnds(file: string, ends: ReadonlyMap<string, ChainEnd>): void {
  const kept = Object.fromEntries([...ends].map(([stream, { seq, hash }]) => [stream, { seq, hash }]));
  writeFileSync(`${file}.new`, `${JSON.stringify(kept, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}
