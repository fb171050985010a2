/**
 * What a scan of a terabyte costs on AWS, computed from measured processor time, beside what others charge. Prices of us-east-1 in dollars, of
 * November 2026; a core of this machine is taken for one of Lambda's.
 */

import { limits } from '#shared/logs/limits.ts';

/** Lambda on arm64: a GB second, a million requests. A function has a core for each of so many megabytes. */
const lambda = { gigabyteSecond: 0.0000133334, millionRequests: 0.2, megabytesPerCore: 1_769 } as const;
/** S3: a thousand GETs. */
const thousandGets = 0.0004;
const athenaPerTerabyte = 5;
const cloudWatch = { ingestPerGigabyte: 0.5, insightsPerGigabyte: 0.005 } as const;

interface Worker {
  readonly memoryMegabytes: number;
  /** What it reads from S3 in a second, whatever its memory. */
  readonly networkMegabytesPerSecond: number;
  readonly getBytes: number;
  readonly rangeBytes: number;
}

interface ScanPrice {
  readonly dollarsPerTerabyte: number;
  readonly workerSecondsPerTerabyte: number;
  readonly boundBy: 'network' | 'processor';
  readonly athenaDollarsPerTerabyte: number;
  readonly cloudWatchDollarsPerTerabyte: number;
}

/** A function as the scanner is, at S3's baseline of 0.6 Gbit/s. */
export const scanner: Worker = {
  memoryMegabytes: 512,
  networkMegabytesPerSecond: 75,
  getBytes: limits.getBytes,
  rangeBytes: limits.rangeBytesMin,
};

const terabyte = 1e12;

/** Reading and scanning overlap, so a worker takes as long as the slower of both. Storing what was found is not counted. */
export function priceOf(megabytesPerCpuSecond: number, worker: Worker): ScanPrice {
  const cores = Math.min(1, worker.memoryMegabytes / lambda.megabytesPerCore);
  const processorSeconds = terabyte / 1e6 / (megabytesPerCpuSecond * cores);
  const networkSeconds = terabyte / 1e6 / worker.networkMegabytesPerSecond;
  const seconds = Math.max(processorSeconds, networkSeconds);
  const compute = seconds * (worker.memoryMegabytes / 1024) * lambda.gigabyteSecond;
  const gets = (terabyte / worker.getBytes / 1000) * thousandGets;
  const requests = (terabyte / worker.rangeBytes / 1e6) * lambda.millionRequests;
  return {
    dollarsPerTerabyte: compute + gets + requests,
    workerSecondsPerTerabyte: seconds,
    boundBy: processorSeconds > networkSeconds ? 'processor' : 'network',
    athenaDollarsPerTerabyte: athenaPerTerabyte,
    cloudWatchDollarsPerTerabyte: (cloudWatch.ingestPerGigabyte + cloudWatch.insightsPerGigabyte) * 1000,
  };
}
