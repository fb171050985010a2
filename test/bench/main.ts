/**
 * `npm run bench [-- --bytes N] [--file FILE] [--deposits N] [--json FILE] [--only PARTS]`: measures the Log Scanner, sign-in, the wallet and the local stack on
 * this machine, now, and prints what it saw as a table and as JSON. Nothing in it is compared with a bound: it tells, it does not judge.
 *
 * `--only stack --compare` judges all the same: what the stack says of the file has to be exactly what one process finds in it, or the exit code is 1.
 */
import { statSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { buildFunctions } from '#infra/build.ts';
import { measureColdStart, type ColdStart } from './cold-start.ts';
import { generatedLog } from './generate-log.ts';
import { measureAuthorizer, measurePassword } from './identity/measure-identity.ts';
import { readlineLoop, ripgrepCount } from './references.ts';
import { measureDescription } from './patterns/describe-records.ts';
import { measureS3 } from './s3/measure-s3.ts';
import type { StageNumbers } from './scan/candidate-stage.ts';
import { measurePipeline, measureScan, measureStage, type ScanNumbers } from './scan/measure-scan.ts';
import { priceOf, scanner } from './scan/price.ts';
import type { Comparison } from './stack/compare-stack.ts';
import { measureStack } from './stack/measure-stack.ts';
import { countWrites } from './wallet/count-writes.ts';
import type { Distribution } from './wallet/distribution.ts';
import { measureDeposits, type DepositNumbers } from './wallet/measure-deposits.ts';

interface Row {
  readonly what: string;
  readonly value: string;
  readonly note?: string;
}

const { values } = parseArgs({
  options: {
    bytes: { type: 'string', default: String(1024 ** 3) },
    file: { type: 'string' },
    json: { type: 'string' },
    deposits: { type: 'string', default: '5000' },
    compare: { type: 'boolean', default: false },
    only: { type: 'string', default: 'scan,references,cold-start,identity,stack,s3,wallet' },
  },
});
const parts = new Set(values.only.split(','));
/** Making it takes a while, and not every part reads it. */
const isRead = ['scan', 'references', 'stack'].some((part) => parts.has(part));
const path = isRead ? (values.file ?? (await generatedLog(Number(values.bytes)))) : '';
const results: Record<string, unknown> = { ...(isRead && { file: { bytes: statSync(path).size } }), node: process.version };
const rows: Row[] = isRead ? [{ what: 'file', value: `${(statSync(path).size / 1e6).toFixed(0)} MB` }] : [];

await buildFunctions();
if (parts.has('scan')) await scan();
if (parts.has('references')) await references();
if (parts.has('cold-start')) await coldStart();
if (parts.has('identity')) await identity();
if (parts.has('stack')) await stack();
if (parts.has('s3')) await s3();
if (parts.has('wallet')) await wallet();
report();

async function scan(): Promise<void> {
  const found = measureScan(path);
  results['scan'] = found;
  rows.push({
    what: 'scan, one core, fresh',
    value: megabytesPerSecond(found.megabytesPerCpuSecond),
    note: `${found.records} records, ${found.lines} lines; by CPU time, ${megabytesPerSecond(found.megabytesPerSecond)} by the clock`,
  });
  rows.push({
    what: 'scan, one core, warm',
    value: megabytesPerSecond(found.warmMegabytesPerCpuSecond),
    note: 'the same file once more in the same process; by CPU time',
  });
  rows.push({ what: 'scan, memory above Node', value: `${found.peakRssAboveStartMegabytes.toFixed(0)} MB` });
  const stage = measureStage(path);
  results['stage'] = stage;
  rows.push({
    what: 'candidate stage alone',
    value: megabytesPerSecond(stage.megabytesPerCpuSecond),
    note: `${stage.candidates} candidate lines; in memory, by CPU time`,
  });
  besideRipgrep(found, stage);
  price(found.megabytesPerCpuSecond);
  const description = await measureDescription(path);
  results['description'] = description;
  rows.push({
    what: 'describe a record',
    value: `${description.allMicros.toFixed(1)} µs`,
    note:
      `redact ${description.redactMicros.toFixed(1)}, template and fingerprint ${description.templateMicros.toFixed(1)}, ` +
      `summary ${description.summaryMicros.toFixed(1)}; ${description.records} records, by CPU time, warm; the first pass ${description.firstMicros.toFixed(1)}`,
  });
  const pipeline = await measurePipeline(path);
  results['pipeline'] = pipeline;
  rows.push({
    what: 'whole pipeline, one core',
    value: megabytesPerSecond(pipeline.megabytesPerCpuSecond),
    note: 'npm run scan -- --ndjson: read, find, describe, write every record; a process of its own, start included',
  });
}

/** Measured right behind the scan: what neighbours do to the machine should befall both. */
function besideRipgrep(scan: ScanNumbers, stage: StageNumbers): void {
  const ripgrep = ripgrepCount(path);
  if (ripgrep === undefined) return;
  const ratios = {
    fresh: scan.megabytesPerCpuSecond / ripgrep.megabytesPerSecond,
    warm: scan.warmMegabytesPerCpuSecond / ripgrep.megabytesPerSecond,
    stage: stage.megabytesPerCpuSecond / ripgrep.megabytesPerSecond,
  };
  results['besideRipgrep'] = { ...ratios, ripgrep };
  rows.push(
    { what: ripgrep.name, value: megabytesPerSecond(ripgrep.megabytesPerSecond), note: ripgrep.note },
    { what: 'scan ÷ rg', value: ratios.fresh.toFixed(2), note: `warm ${ratios.warm.toFixed(2)}; aim 0.5` },
    { what: 'candidate stage ÷ rg', value: ratios.stage.toFixed(2), note: 'aim 1.0' },
  );
}

function price(megabytesPerCpuSecond: number): void {
  const found = priceOf(megabytesPerCpuSecond, scanner);
  results['price'] = { ...found, scanner };
  const { dollarsPerTerabyte: ours, athenaDollarsPerTerabyte: athena, cloudWatchDollarsPerTerabyte: cloudWatch } = found;
  rows.push(
    {
      what: 'price of 1 TB',
      value: `$${ours.toFixed(3)}`,
      note:
        `Lambda arm64, ${scanner.memoryMegabytes} MB, ${scanner.networkMegabytesPerSecond} MB/s each; bound by the ${found.boundBy}; ` +
        'with GETs and requests, without storing records; aim $0.20',
    },
    { what: 'the same, Athena', value: `$${athena.toFixed(2)}`, note: 'per TB scanned, each time' },
    { what: 'the same, CloudWatch', value: `$${cloudWatch.toFixed(0)}`, note: 'to ingest, and to query once with Logs Insights' },
  );
}

async function references(): Promise<void> {
  const measured = [parts.has('scan') ? undefined : ripgrepCount(path), await readlineLoop(path)].filter((entry) => entry !== undefined);
  results['references'] = measured;
  for (const { name, megabytesPerSecond: speed, note } of measured) rows.push({ what: name, value: megabytesPerSecond(speed), note });
}

async function coldStart(): Promise<void> {
  const found = await measureColdStart('logs/scan-range');
  results['coldStart'] = found;
  rows.push({ what: 'cold start of scan-range', ...coldStartCells(found) });
}

async function identity(): Promise<void> {
  const password = await measurePassword();
  const auth = await measureColdStart('identity/auth');
  const authorizer = await measureAuthorizer();
  results['identity'] = { password, auth, authorizer };
  rows.push(
    { what: 'argon2id of a password', value: `${password.medianMs.toFixed(0)} ms`, note: `median of ${password.runs}` },
    { what: 'cold start of auth', ...coldStartCells(auth) },
    {
      what: 'authorizer',
      value: `${authorizer.perSecond.toFixed(0)}/s`,
      note: `${authorizer.requests} requests of ${authorizer.subjects} members, one after the other`,
    },
  );
}

function coldStartCells({ medianMs, runs, bytes }: ColdStart): Pick<Row, 'value' | 'note'> {
  return { value: `${medianMs.toFixed(0)} ms`, note: `median of ${runs}, ${(bytes / 1000).toFixed(0)} kB` };
}

async function stack(): Promise<void> {
  const found = await measureStack(path, { compare: values.compare });
  results['stack'] = found;
  rows.push(
    {
      what: 'local stack, two workers',
      value: megabytesPerSecond(found.megabytesPerSecond),
      note: `upload of ${found.uploadSeconds.toFixed(1)} s done → file done in ${found.seconds.toFixed(1)} s → in patterns and dashboard ${found.rollUpSeconds.toFixed(1)} s later`,
    },
    { what: 'records written', value: `${found.recordsPerSecond.toFixed(0)}/s`, note: `${found.records} records into DynamoDB` },
    { what: 'peak memory of a worker', value: `${found.workerMemoryMegabytes} MB`, note: 'of the process that holds it, Node included' },
    { what: 'peak memory of the stack', value: `${found.stackMemoryMegabytes?.toFixed(0) ?? '?'} MB`, note: 'all its processes together' },
    { what: 'second start of the stack', value: `${found.secondStartSeconds.toFixed(1)} s` },
  );
  if (found.comparison !== undefined) beside(found.comparison);
}

function beside({ compared, differing, differences, oneProcess }: Comparison): void {
  rows.push({
    what: 'stack and one process',
    value: differing === 0 ? 'the same' : `${differing} differ`,
    note:
      `${compared.records} records, ${compared.patterns} patterns, ${compared.hours} hours, ${compared.services} services; ` +
      `one process: ${oneProcess.cpuSeconds.toFixed(1)} s of CPU, ${oneProcess.peakMegabytes.toFixed(0)} MB`,
  });
  for (const difference of differences) console.error(difference);
  if (differing > 0) process.exitCode = 1;
}

async function s3(): Promise<void> {
  const found = await measureS3();
  results['s3'] = found;
  rows.push(
    { what: 'S3, PUT of 1 GiB', value: `${found.put.perSecond.toFixed(0)} MiB/s` },
    { what: 'S3, 1 GiB as 8 MiB parts', value: `${found.multipart.perSecond.toFixed(0)} MiB/s` },
    { what: 'S3, 8 MiB ranged GETs', value: `${found.rangedGet.perSecond.toFixed(0)} MiB/s` },
    { what: 'S3, small PUTs', value: `${found.smallPuts.perSecond.toFixed(0)}/s` },
    { what: 'S3, peak memory', value: found.peakRssMib === undefined ? 'unknown' : `${found.peakRssMib.toFixed(0)} MiB` },
  );
}

async function wallet(): Promise<void> {
  const [costs, deposits] = [await countWrites(), await measureDeposits(Number(values.deposits))];
  results['wallet'] = { costs, deposits };
  const named = {
    opened: 'a deposit opened',
    paid: 'a deposit paid',
    toldAgain: 'a webhook told again',
    expired: 'a deposit expired',
  } as const;
  for (const [which, what] of Object.entries(named)) {
    const { calls, writeUnits } = costs[which as keyof typeof named];
    rows.push({ what, value: `${writeUnits} WCU`, note: `${calls} calls of DynamoDB; indexes and rate limits not counted` });
  }
  rows.push(...depositRows(deposits));
}

function depositRows({ opening, lateness, latenessAtOnce, webhooks, machine }: DepositNumbers): Row[] {
  const { cores, loadBefore, loadAfter } = machine;
  const spread = ({ leastMs, medianMs, p95Ms, mostMs }: Distribution): string =>
    `least ${leastMs} ms, median ${medianMs} ms, p95 ${p95Ms} ms, most ${mostMs} ms`;
  return [
    {
      what: 'deposits, local stack',
      value: `${opening.perSecond.toFixed(1)}/s`,
      note: `${opening.count} opened over HTTP, ${opening.atOnce} at once; ${cores} cores under a load of ${loadBefore.toFixed(1)} before and ${loadAfter.toFixed(1)} after`,
    },
    {
      what: 'a deposit opened, p99',
      value: `${opening.p99Ms.toFixed(0)} ms`,
      note: `median ${opening.medianMs.toFixed(0)} ms, p95 ${opening.p95Ms.toFixed(0)} ms; ${opening.askedAgain} asked again`,
    },
    {
      what: 'a timer, p99 late',
      value: `${lateness.p99Ms} ms`,
      note: `${spread(lateness)}; ${lateness.count} open, due within ${lateness.dueWithinSeconds} s`,
    },
    {
      what: 'the same, one second',
      value: `${latenessAtOnce.p99Ms} ms`,
      note: `${spread(latenessAtOnce)}; ${latenessAtOnce.count} due at once: ${(latenessAtOnce.count / latenessAtOnce.endedWithinSeconds).toFixed(1)}/s`,
    },
    {
      what: 'a webhook answered, p99',
      value: `${webhooks.p99Ms} ms`,
      note: `${spread(webhooks)}; ${webhooks.count}, told while the timers above went off`,
    },
  ];
}

function report(): void {
  const width = Math.max(...rows.map(({ what }) => what.length));
  console.log('');
  for (const { what, value, note } of rows) console.log(`${what.padEnd(width)}  ${value.padStart(12)}${note ? `  ${note}` : ''}`);
  console.log(`\n${JSON.stringify(results)}`);
  if (values.json) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
}

function megabytesPerSecond(speed: number): string {
  return `${speed.toFixed(0)} MB/s`;
}
