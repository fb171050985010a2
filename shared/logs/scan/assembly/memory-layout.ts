/**
 * The memory of the scan's WebAssembly: where what lies. Plain numbers, so that TypeScript and AssemblyScript read the same file.
 */

export const pageBytes = 65536;

/** Search: tables of its first look, constants, what it found, and tables of its second look; see needle-tables.ts. */
export const tablesAt = 0;
export const constantsAt = 96;
/** End of the hits, start of the last line, number of newlines. */
export const searchStateAt = 128;
/** Not zero where the processor looks up low halves by itself. */
export const takesLowHalfAt = 144;
export const shiftsAt = 192;
export const placesAt = 1024;
export const hitsAt = 8192;
export const rowsAt = 32768;

/** Quick reader: what it says about a line and its record, below. */
export const quickAt = 61440;
/** Words that it knows, a table of `wordSlots` by hash; see quick-words.ts. */
export const wordsAt = 65536;
export const wordSlots = 1024;
export const wordBytes = 40;

/** The bytes that are searched. Those before them may be read as well. */
export const inputAt = 131072;

/** Behind the letters of a word, its length and what it is, a byte each. A rank counts from 1; 0 for none. */
export const wordLettersMax = 24;
export const wordLength = 24;
/** 1 (trace) to 6 (fatal), and whether it is a level wherever one may stand. */
export const wordLevel = 25;
export const wordUse = 26;
/** As the key of a JSON object: what it says of the level, and its rank among the keys for time, logger and message. */
export const wordJsonRole = 27;
export const wordJsonTime = 28;
export const wordJsonLogger = 29;
export const wordJsonMessage = 30;
/** The same as the key of a pair. */
export const wordPairRole = 31;
export const wordPairTime = 32;
export const wordPairLogger = 33;
export const wordPairMessage = 34;
export const wordPairStack = 35;
/** As a month, its number; as a weekday, 1. */
export const wordMonth = 36;
export const wordWeekday = 37;

/** Uses of level words. */
export const usePlain = 1;
export const useMarked = 2;
export const useTimed = 3;

/** Roles of keys. */
export const roleLevel = 1;
export const roleSeverity = 2;
export const roleTime = 3;
export const roleMessage = 4;
/** One that takes more to understand. */
export const roleOther = 5;

/** What the quick reader says of a line: a level from 1 (trace) to 6 (fatal), or one of these. */
export const lineUnsure = 0;
export const lineEvent = 7;
/** Neither an event nor the start of a record of its own. */
export const lineInner = 8;

/** Where it writes what it found, in bytes from `quickAt`: numbers of four bytes, positions in memory. */
export const quickLevel = 0;
/** Newline of the record's first line. */
export const quickFirstEnd = 4;
/** One past the last line that belongs to the record. */
export const quickEnd = 8;
/** The line at which the reading stopped, and whether it is sure to end the record. */
export const quickNext = 12;
export const quickIsEnded = 16;
/** Lines up to there. */
export const quickLines = 20;
/** Bytes from 0x80 on stand in them. */
export const quickIsWide = 24;
export const quickMessage = 28;
export const quickMessageEnd = 32;
/** 0 without one. */
export const quickLogger = 36;
export const quickLoggerEnd = 40;
/** What of the time is not written: nothing, the zone, or year and zone. Then it is month, day and milliseconds since midnight. */
export const quickAssumed = 44;
export const quickMonth = 48;
export const quickDay = 52;
/** A number of eight bytes: milliseconds. */
export const quickTime = 56;

export const assumedNothing = 0;
export const assumedZone = 1;
export const assumedYear = 2;
