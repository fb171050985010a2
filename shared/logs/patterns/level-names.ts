/**
 * Words that name a level where a level stands.
 */
const words = (
  'TRACE DEBUG INFO NOTICE WARN WARNING ERROR ERR SEVERE FATAL CRITICAL CRIT ALERT EMERG EMERGENCY PANIC FINE FINER FINEST VERBOSE CONFIG ' +
  'LOG FAILURE FAILED AUDIT INFORMATION'
).split(' ');

const lettersMin = 3;
const lettersMax = 11;
const lowerBit = 0x20;

/** By a hash of their small letters. */
const byHash = new Map(words.map((word) => [foldedHash(Buffer.from(word), 0, word.length), word.toLowerCase()]));

/** The bytes are the name of a level, in small letters or capitals. */
export function isLevelWord(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < lettersMin || end - start > lettersMax) return false;
  const word = byHash.get(foldedHash(bytes, start, end));
  if (word?.length !== end - start) return false;
  for (let i = start; i < end; i += 1) if (((bytes[i] as number) | lowerBit) !== word.charCodeAt(i - start)) return false;
  return true;
}

function foldedHash(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0;
  for (let i = start; i < end; i += 1) hash = (Math.imul(hash, 31) + ((bytes[i] as number) | lowerBit)) | 0;
  return hash;
}
