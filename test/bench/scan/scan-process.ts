/** Scans the file it is given, twice, and prints what that took, as JSON: fresh, as a new process does it, and warm, once its code is compiled. */
import { open } from 'node:fs/promises';
import { fileByteSource } from '#shared/logs/scan/file-byte-source.ts';
import { scanRange } from '#shared/logs/scan/scan-range.ts';

await using handle = await open(process.argv[2] ?? '');
const { size, mtimeMs } = await handle.stat();
const rssAtStart = process.memoryUsage.rss();
const fresh = await measure();
// resourceUsage tells kilobytes.
const peakRssAboveStartMegabytes = (process.resourceUsage().maxRSS * 1024 - rssAtStart) / 1e6;
const { megabytesPerCpuSecond: warmMegabytesPerCpuSecond } = await measure();
console.log(JSON.stringify({ ...fresh, warmMegabytesPerCpuSecond, peakRssAboveStartMegabytes }));

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
