/**
 * A process that may be killed: runs the clock on the database file it is given and prints what its handlers do, one line each.
 * Usage: clock-process.ts FILE [MILLISECONDS TO ADVANCE]
 */
import { DatabaseSync } from 'node:sqlite';
import { openClock } from '#infra/local/clock/clock.ts';

const [file = '', advanceMs] = process.argv.slice(2);
const database = new DatabaseSync(file);
database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
const clock = openClock({ database, log: { info: () => undefined, warn: (_room, message) => process.stderr.write(`${message}\n`) } });

clock.handle('slow', async ({ id }) => {
  process.stdout.write(`begin ${id}\n`);
  await new Promise((resolve) => setTimeout(resolve, 150));
  process.stdout.write(`end ${id}\n`);
});
await clock.start();
process.stdout.write(`ready ${clock.offsetMs}\n`);
if (advanceMs !== undefined) {
  for (const [id, minutes] of Object.entries({ a: 1, b: 2, c: 3, d: 60 })) {
    clock.schedule({ id, kind: 'slow', dueAtMs: clock.now() + minutes * 60_000, payload: null });
  }
  await clock.advance(Number(advanceMs));
  process.stdout.write('advanced\n');
}
