/**
 * `npm run audit:verify -- [--data FOLDER | --table NAME] [--stream STREAM] [--ends FILE]`: reads every record of the audit log and computes
 * its chains anew.
 *
 * Exit codes: 0 when all of it is as it was written, 1 when anything differs or cannot be read, 2 for a wrong command line.
 */
import * as z from 'zod';
import { dynamodbAuditReader } from '#shared/platform/audit/dynamodb-audit-reader.ts';
import { verifyAll, verifyWhole, type ChainReport } from '#shared/platform/audit/verify-audit.ts';
import type { Table } from '#shared/platform/dynamodb.ts';
import { keepWitness, runVerifyCommand, witnessIn } from './verify-command.ts';

const usage = `npm run audit:verify -- [options]
  --data FOLDER    the local stack that runs on this data folder; .local without it
  --table NAME     a deployed table instead, with the credentials and the region of the environment
  --stream STREAM  one stream alone, such as member:123456789012345678
  --ends FILE      compares with the ends of the chains that the file holds from the time before, and keeps the new ones there: a chain
                   that was cut off at its end, or written anew, is whole in itself
`;

const endSchema = z.object({ seq: z.int().positive(), hash: z.hash('sha256') });

// Behind the constants: what waits at the top of a module runs before whatever is declared below it has a value.
await runVerifyCommand({ usage, options: { stream: { type: 'string' }, ends: { type: 'string' } }, output: 'AuditTable', verify });

interface Asked {
  readonly stream?: string | undefined;
  readonly ends?: string | undefined;
}

async function verify(table: Table, { stream, ends: file }: Asked): Promise<boolean> {
  const deps = { audit: dynamodbAuditReader(table) };
  const ends = witnessIn(file, endSchema);
  const reports = stream === undefined ? verifyAll(deps, ends) : [verifyWhole(deps, stream, ends.get(stream))];
  const totals = { streams: 0, records: 0, broken: 0 };
  for await (const report of reports) {
    totals.streams += 1;
    totals.records += report.records;
    totals.broken += tell(report);
    if (report.end !== undefined) ends.set(report.stream, { seq: report.end.seq, hash: report.end.hash });
  }
  console.log(`chains ${totals.streams}, records ${totals.records}, broken ${totals.broken}`);
  // Ends of a log that differs would hide the difference the next time.
  if (file !== undefined && totals.broken === 0) keepWitness(file, ends);
  return totals.broken === 0;
}

/** Names a chain that is broken; one line each, so that they can be counted. */
function tell({ brokenAt }: ChainReport): 0 | 1 {
  if (brokenAt === null) return 0;
  console.error(`broken at ${brokenAt}`);
  return 1;
}
