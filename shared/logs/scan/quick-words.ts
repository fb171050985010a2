/**
 * The words that the quick reader knows, as they lie in its memory: level words and the keys of JSON and of pairs, all of them those of the
 * line reader; and English names of months and weekdays.
 */
import type { Level } from '#shared/logs/error-record.ts';
import { jsonPaths } from '#shared/logs/line/describe-json.ts';
import { pairKeys } from '#shared/logs/line/describe-pairs.ts';
import { jsonKeyRoles } from '#shared/logs/line/json-head.ts';
import { writtenLevelWords } from '#shared/logs/line/level-words.ts';
import { pairRoles } from '#shared/logs/line/pairs.ts';
import * as layout from './assembly/memory-layout.ts';

/** From 1 on. */
const levels: readonly Level[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];
const uses = { plain: layout.usePlain, marked: layout.useMarked, timed: layout.useTimed } as const;
const roles: Readonly<Record<string, number>> = {
  level: layout.roleLevel,
  severity: layout.roleSeverity,
  time: layout.roleTime,
  message: layout.roleMessage,
};
/** A key of Docker's wrapping as well, and one that says whose numbers a level's are. */
const intricateKeys: ReadonlySet<string> = new Set(['log', 'short_message']);

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const weekdays = 'Mon Tue Wed Thu Fri Sat Sun'.split(' ');

/** The table by hash. */
export function quickWords(): Uint8Array {
  const table = Buffer.alloc(layout.wordSlots * layout.wordBytes);
  const set = (word: string, place: number, value: number) => {
    if (word.length <= layout.wordLettersMax) table[entryOf(table, word) + place] = value;
  };
  for (const [word, { level, use }] of writtenLevelWords) {
    set(word, layout.wordLevel, levels.indexOf(level) + 1);
    set(word, layout.wordUse, uses[use]);
  }
  for (const [key, role] of jsonKeyRoles) set(key, layout.wordJsonRole, roles[role] ?? layout.roleOther);
  for (const key of intricateKeys) set(key, layout.wordJsonRole, layout.roleOther);
  for (const [key, role] of pairRoles) set(key, layout.wordPairRole, roles[role] ?? layout.roleOther);
  months.forEach((month, index) => set(month, layout.wordMonth, index + 1));
  for (const day of weekdays) set(day, layout.wordWeekday, 1);
  const rank = (keys: readonly string[], place: number) => keys.forEach((key, index) => set(key, place, index + 1));
  rank(jsonPaths.time.split(' '), layout.wordJsonTime);
  rank(jsonPaths.logger.split(' '), layout.wordJsonLogger);
  rank(jsonPaths.message.split(' '), layout.wordJsonMessage);
  rank(pairKeys.time, layout.wordPairTime);
  rank(pairKeys.logger, layout.wordPairLogger);
  rank(pairKeys.message, layout.wordPairMessage);
  rank(pairKeys.stack, layout.wordPairStack);
  return table;
}

/** Where the entry of a word begins, which is made if there is none. */
function entryOf(table: Buffer, word: string): number {
  const letters = Buffer.alloc(layout.wordLettersMax);
  letters.write(word, 'latin1');
  for (let slot = slotOf(letters), tries = 0; tries < layout.wordSlots; slot = (slot + 1) % layout.wordSlots, tries += 1) {
    const at = slot * layout.wordBytes;
    if (table[at + layout.wordLength] === 0) {
      letters.copy(table, at);
      table[at + layout.wordLength] = word.length;
      return at;
    }
    if (letters.equals(table.subarray(at, at + layout.wordLettersMax))) return at;
  }
  throw new RangeError('too many words');
}

/** As `findWord` of assembly/bytes.ts has it. */
function slotOf(letters: Buffer): number {
  const sum = letters.readBigUInt64LE(0) + letters.readBigUInt64LE(8) * 3n + letters.readBigUInt64LE(16) * 5n;
  return Number((BigInt.asUintN(64, sum * 0x9e3779b1n) >> 40n) % BigInt(layout.wordSlots));
}
