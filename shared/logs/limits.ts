/**
 * Every bound of the Log Scanner, in one place.
 */
export const limits = {
  /** Bytes of a record that are read and kept together; a longer one is cut there and marked `truncated`. */
  recordBytesMax: 256 * 1024,
  /** Lines of a record, for the same reason. */
  linesMax: 1_024,
  /** Bytes of one line that are looked at; the rest is only searched for its end. */
  lineBytesMax: 64 * 1024,
  /** Characters of a record's message that are kept. */
  messageCharactersMax: 8 * 1024,
  /** Characters of a record's stack that are kept. A DynamoDB item ends at 400 KB. */
  stackCharactersMax: 32 * 1024,
  /** Range of a plan: at least this many bytes, more when the file would have more than `rangesMax`. */
  rangeBytesMin: 64 * 1024 * 1024,
  /** Ranges of a file. A 1 TB file has 14,902 of 64 MiB; a 50 TB object 16,384 of 2.9 GiB. */
  rangesMax: 16_384,
  /** Ranges that one progress item answers for. */
  rangesPerChunk: 128,
} as const;
