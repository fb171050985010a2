/**
 * `npm start`: the whole system on this machine, from the template that would be deployed.
 */
import { join, relative } from 'node:path';
import { synthesise } from '../synthesis.ts';
import { demoPeople, loadDemo } from './demo/demo.ts';
import { demoMembers, depositPagePath } from './demo/deposit-page.ts';
import { parseStartOptions, type StartOptions, usage } from './options.ts';
import { type LocalStack, startStack } from './stack.ts';

const started = performance.now();
if (process.argv.includes('--help')) {
  console.log(usage);
} else {
  try {
    await start(parseStartOptions(process.argv.slice(2)));
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1);
  }
}

async function start(options: StartOptions): Promise<void> {
  const synthesis = await synthesise();
  const stack = await startStack({ ...options, assemblyDirectory: synthesis.directory });
  stopOnSignal(stack);
  // A stack without a demo is still a stack.
  if (options.demo) await loadDemo(stack).catch((error: Error) => console.error(`The demo is not complete: ${error.message}`));
  printTable(stack);
}

/** The first signal closes the stack in order; a second one does not wait. What was acknowledged is on disk either way. */
function stopOnSignal(stack: LocalStack): void {
  let closing = false;
  const stop = async (): Promise<void> => {
    if (closing) process.exit(130);
    closing = true;
    console.log('\nStopping …');
    await stack.close();
    process.exit(0);
  };
  process.on('SIGINT', () => void stop());
  process.on('SIGTERM', () => void stop());
}

function printTable(stack: LocalStack): void {
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const data = nameOf(stack.dataDirectory);
  const rows: [string, string][] = [
    ['API', `${stack.urls.api}  (described at ${stack.urls.api}/docs; token: npm run --silent token -- --role ops)`],
    ['Backoffice', `${stack.urls.backoffice}  ${signInHint(stack)}`],
    ['Sandbox', `${stack.urls.sandbox}  (payment gateways: pays, pays late, fails, on command)`],
    ['Deposit page', `${stack.urls.depositPage}  ${depositPageHint(stack)}`],
    ['Outbox', `${stack.urls.api}/_local/outbox  (codes and links that would have been sent)`],
    ['S3 endpoint', `${stack.urls.s3}  (access key local, secret local-secret, region ${stack.model.region})`],
    ['Log bucket', `s3://${stack.logBucket}`],
    ['AWS gateway', `${stack.urls.gateway}  (DynamoDB, SQS, Step Functions, EventBridge, KMS, SES, …)`],
    ['Clock', `curl -X POST ${stack.urls.api}/_local/clock -d '{"advance":"PT15M"}'`],
    ['Data', `${data}/  (logs in ${join(data, 'logs')}/)`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  console.log(`\nXM runs on this machine (started in ${seconds} s). Ctrl-C stops it.\n`);
  for (const [name, value] of rows) console.log(`  ${name.padEnd(width)}  ${value}`);
  console.log(`\nTry next: drop a log file and read its errors\n${dropExample(stack)}\n`);
}

/** Short where it lies below the folder one is in, whole elsewhere. */
function nameOf(directory: string): string {
  const short = relative(process.cwd(), directory);
  return short === '' || short.startsWith('..') ? directory : short;
}

function signInHint(stack: LocalStack): string {
  const [owner] = demoPeople(stack.dataDirectory, stack.now());
  if (owner === undefined) return '(first owner: npm run owner -- --email YOU@HOST)';
  return `(${owner.email}, password ${owner.password}; app codes and the other roles: ${stack.urls.api}/_local/people)`;
}

function depositPageHint(stack: LocalStack): string {
  const [member] = demoMembers(stack.dataDirectory, stack.urls.api);
  if (member === undefined) return '(members open it by a link of their own)';
  return `(as ${member.email}: ${stack.urls.api}${depositPagePath})`;
}

function dropExample(stack: LocalStack): string {
  return [
    '  export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local-secret',
    `  aws --endpoint-url ${stack.urls.s3} --region ${stack.model.region} s3 cp YOUR.log s3://${stack.logBucket}/`,
    `  curl -H "authorization: Bearer $(npm run --silent token -- --role ops)" ${stack.urls.api}/api/admin/logs/errors`,
  ].join('\n');
}
