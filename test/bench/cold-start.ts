/**
 * How long a bundle takes to load in a fresh Node: what Lambda calls init, without the machine's own boot.
 */
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleDirectory } from '#infra/build.ts';

export interface ColdStart {
  readonly medianMs: number;
  readonly runs: number;
  readonly bytes: number;
}

const runs = 11;

/** Variables that the functions ask for when they load; no request is made. */
const environment = {
  LOGS_TABLE: 'logs',
  RANGES_QUEUE_URL: 'http://127.0.0.1:1/0/ranges',
  RANGE_ATTEMPTS_MAX: '4',
  IDENTITY_TABLE: 'identity',
  GUARDS_TABLE: 'guards',
  AUDIT_TABLE: 'audit',
  KYC_TABLE: 'kyc',
  LIMITS_TABLE: 'limits',
  KYC_KEY_ID: 'key',
  IDENTITY_SECRET_ID: 'secret',
  JWT_ISSUER: 'https://bench.test',
  JWT_AUDIENCE: 'xm',
  BACKOFFICE_ORIGIN: 'https://bench.test',
  MESSAGES_QUEUE_URL: 'http://127.0.0.1:1/0/messages',
  BREACH_LIST_URL: 'off',
  EXPORTS_BUCKET: 'exports',
  ORIGIN_KEY_SECRET_ID: 'key',
  AWS_REGION: 'ap-southeast-3',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
};

/** Loads the bundle in one new process after another and answers the median. Throws when it cannot be loaded. */
export async function measureColdStart(entry: string): Promise<ColdStart> {
  const file = join(bundleDirectory(entry), 'index.mjs');
  const script = `const s = performance.now(); await import(${JSON.stringify(pathToFileURL(file).href)}); console.log(performance.now() - s); process.exit(0);`;
  const times = Array.from({ length: runs }, () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      env: environment,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`${entry} does not load: ${stderr}`);
    return Number(stdout.trim().split('\n').at(-1));
  }).toSorted((a, b) => a - b);
  return { medianMs: times[Math.floor(runs / 2)] ?? Number.NaN, runs, bytes: statSync(file).size };
}
