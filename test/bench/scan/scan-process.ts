/**
 * `scan-process.ts FILE [stage]`: scans the file twice, and prints what that took, as JSON: fresh, as a new process does it, and warm, once its code
 * is compiled. With `stage`, the same for the candidate stage alone.
 */
import { open } from 'node:fs/promises';
import { fileByteSource } from '#shared/logs/scan/file-byte-source.ts';
import { scanRange } from '#shared/logs/scan/scan-range.ts';
import { runStage } from './candidate-stage.ts';

await using handle = await open(process.argv[2] ?? '');
const { size, mtimeMs } = await handle.stat();
console.log(JSON.stringify(process.argv[3] === 'stage' ? await runStage(handle) : await runScan()));

async function runScan() {
  const rssAtStart = process.memoryUsage.rss();
  const fresh = await measure();
  // resourceUsage tells kilobytes.
  const peakRssAboveStartMegabytes = (process.resourceUsage().maxRSS * 1024 - rssAtStart) / 1e6;
  const { megabytesPerCpuSecond: warmMegabytesPerCpuSecond } = await measure();
  return { ...fresh, warmMegabytesPerCpuSecond, peakRssAboveStartMegabytes };
}

async function measure() {
  const cpuAtStart = process.cpuUsage();
  const started = performance.now();
  const options = { encoding: 'utf-8', fileTimeMs: mtimeMs, onRecords: async () => {} } as const;
  const { lines, records } = await scanRange(fileByteSource(handle, size), { start: 0, end: size }, options);
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpuAtStart);
  const megabytes = size / 1e6;
  return { lines, records, megabytesPerCpuSecond: megabytes / ((user + system) / 1e6), megabytesPerSecond: megabytes / seconds };
}
