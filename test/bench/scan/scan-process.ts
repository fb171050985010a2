/** Scans the file it is given and prints what that took, as JSON. */
import { open } from 'node:fs/promises';
import { fileByteSource } from '#shared/logs/scan/file-byte-source.ts';
import { scanRange } from '#shared/logs/scan/scan-range.ts';

await using handle = await open(process.argv[2] ?? '');
const { size, mtimeMs } = await handle.stat();
const rssAtStart = process.memoryUsage.rss();
const cpuAtStart = process.cpuUsage();
const started = performance.now();
const options = { encoding: 'utf-8', fileTimeMs: mtimeMs, onRecords: async () => {} } as const;
const { lines, records } = await scanRange(fileByteSource(handle, size), { start: 0, end: size }, options);
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(cpuAtStart);
const megabytes = size / 1e6;
console.log(
  JSON.stringify({
    lines,
    records,
    megabytesPerCpuSecond: megabytes / ((user + system) / 1e6),
    megabytesPerSecond: megabytes / seconds,
    // resourceUsage tells kilobytes.
    peakRssAboveStartMegabytes: (process.resourceUsage().maxRSS * 1024 - rssAtStart) / 1e6,
  }),
);
