/**
 * A seeded mixed log of any size: several services and formats interleaved, two per cent error records (some with stack traces), and benign lines that contain
 * error words. The same seed gives the same bytes.
 */
import { once } from 'node:events';
import { createWriteStream, existsSync, renameSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';

/** Part of the file's name, as a file of an earlier recipe must not be taken for this one's. */
const recipe = 2;

/** Answers the path of a generated log of at least `bytes` bytes, made once and kept in the machine's folder for temporary files. */
export async function generatedLog(bytes: number, seed = 42): Promise<string> {
  const path = join(tmpdir(), `xm-bench-${recipe}-${bytes}-${seed}.log`);
  if (existsSync(path) && statSync(path).size >= bytes) return path;
  await write(`${path}.part`, bytes, seed);
  renameSync(`${path}.part`, path);
  return path;
}

async function write(path: string, bytes: number, seed: number): Promise<void> {
  const out = createWriteStream(path, { highWaterMark: 4 << 20 });
  const lines = eventLines(seed);
  let written = 0;
  while (written < bytes) {
    const chunk = Buffer.from(take(lines, 2_000));
    written += chunk.length;
    if (!out.write(chunk)) await once(out, 'drain');
  }
  out.end();
  await finished(out);
}

/** The first events of the log of a seed, one or more lines each. */
export function generatedLines(events: number, seed: number): string {
  return take(eventLines(seed), events);
}

/** An endless log, event by event. */
function eventLines(seed: number): () => string {
  const random = mulberry32(seed);
  let timeMs = Date.UTC(2026, 2, 1);
  return () => {
    timeMs += random() * 9;
    return event(random, new Date(timeMs));
  };
}

function take(next: () => string, events: number): string {
  return `${Array.from({ length: events }, next).join('\n')}\n`;
}

type Random = () => number;
type Line = (random: Random, time: Date) => string;

const services = ['orders', 'wallet', 'feed', 'search', 'media', 'notifier'];

const benign: readonly Line[] = [
  (r, t) =>
    `${stamp(t)} INFO  [http-${whole(r, 64)}] com.acme.${pick(r, services)}.Handler - request ${hex(r)} served in ${whole(r, 900)} ms`,
  (r, t) =>
    `${stamp(t)} DEBUG [pool-${whole(r, 9)}] com.acme.cache.Store - hit ratio 0.${whole(r, 99)} for segment ${whole(r, 4_096)} of ${whole(r, 9_999)}`,
  (r, t) =>
    JSON.stringify({ level: 30, time: t.getTime(), name: pick(r, services), msg: `member ${whole(r, 1e8)} opened page ${whole(r, 400)}` }),
  (r, t) => `time="${t.toISOString()}" level=info msg="order ${whole(r, 1e9)} priced" service=${pick(r, services)} rupiah=${whole(r, 1e6)}`,
  (r, t) =>
    `${syslog(t)} host-${whole(r, 40)} sshd[${whole(r, 65_535)}]: Accepted publickey for deploy from 10.0.${whole(r, 255)}.${whole(r, 255)} port ${whole(r, 65_535)}`,
  (r, t) =>
    `10.1.${whole(r, 255)}.${whole(r, 255)} - - [${t.toUTCString()}] "GET /api/items/${whole(r, 1e6)} HTTP/1.1" 200 ${whole(r, 90_000)} "-" "app/4.${whole(r, 20)}"`,
];

const decoys: readonly Line[] = [
  (r, t) => `${stamp(t)} INFO  batch done ERROR=0 FATAL=0 rows=${whole(r, 1e6)}`,
  (r, t) => `${stamp(t)} DEBUG registered handler for com.acme.NotFoundException id=${whole(r, 1e6)}`,
  (r, t) => `${stamp(t)} INFO  GET /docs/Exception-handling.html 200 ${whole(r, 1e6)}`,
];

const failures: readonly Line[] = [
  (r, t) => `${stamp(t)} ERROR [http-${whole(r, 64)}] com.acme.${pick(r, services)}.Client - upstream answered 502 for ${hex(r)}`,
  (r, t) => JSON.stringify({ level: 50, time: t.getTime(), name: pick(r, services), msg: `payout ${whole(r, 1e8)} rejected by the bank` }),
  (r, t) => `time="${t.toISOString()}" level=error msg="lease of shard ${whole(r, 64)} lost" service=${pick(r, services)}`,
  (r, t) => `${syslog(t)} host-${whole(r, 40)} sshd[${whole(r, 65_535)}]: error: kex_exchange_identification: Connection closed`,
  javaTrace,
  pythonTrace,
];

function event(random: Random, time: Date): string {
  const roll = random();
  // With their traces, failures are about two lines in a hundred.
  const kind = roll < 0.004 ? failures : roll < 0.007 ? decoys : benign;
  return pick(random, kind)(random, time);
}

function javaTrace(random: Random, time: Date): string {
  const frames = Array.from(
    { length: 4 + whole(random, 20) },
    (_, depth) => `\tat com.acme.core.Step${depth}.run(Step${depth}.java:${whole(random, 900)})`,
  );
  return [
    `${stamp(time)} ERROR [exec-${whole(random, 64)}] com.acme.${pick(random, services)}.Service - request ${hex(random)} failed`,
    'java.net.SocketTimeoutException: Read timed out',
    ...frames,
    'Caused by: java.io.IOException: Connection reset by peer',
    `\t... ${frames.length} more`,
  ].join('\n');
}

function pythonTrace(random: Random, time: Date): string {
  const frames = Array.from(
    { length: 2 + whole(random, 6) },
    (_, depth) => `  File "/srv/app/step.py", line ${whole(random, 900)}, in step_${depth}\n    return run(${depth})`,
  );
  return [
    `${stamp(time)} ERROR worker.${whole(random, 32)} task ${whole(random, 1e9)} raised`,
    'Traceback (most recent call last):',
    ...frames,
    `KeyError: ${whole(random, 1e6)}`,
  ].join('\n');
}

function stamp(time: Date): string {
  return time.toISOString().replace('T', ' ').replace('.', ',').slice(0, 23);
}

function syslog(time: Date): string {
  const months = 'JanFebMarAprMayJunJulAugSepOctNovDec';
  const month = time.getUTCMonth() * 3;
  return `${months.slice(month, month + 3)} ${String(time.getUTCDate()).padStart(2)} ${time.toISOString().slice(11, 19)}`;
}

function hex(random: Random): string {
  return Math.floor(random() * 0xffff_ffff)
    .toString(16)
    .padStart(8, '0');
}

function whole(random: Random, below: number): number {
  return Math.floor(random() * below);
}

function pick<T>(random: Random, items: readonly T[]): T {
  return items[whole(random, items.length)] as T;
}

/** A small seeded generator (Tommy Ettinger's mulberry32): fast, and good enough to vary a log. */
function mulberry32(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
