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
  /** Longest that one worker is at a range: what a function may run. */
  rangeMsMax: 15 * 60_000,
  /** Cells of a file's map of ranges; beyond so many ranges a cell stands for several. */
  rangeCellsMax: 256,

  /** Largest object: S3's own bound, 50 TB. */
  fileBytesMax: 50_000_000_000_000,
  /** Chunks that one invocation of plan-file queues before it sends itself a message to go on: 2,048 ranges, 205 batches of ten. */
  chunksPerPlanStep: 16,
  /** Characters of a failure's detail. */
  failureDetailCharactersMax: 300,

  /** A worker that has not answered after a minute and its range at this speed is taken for lost: a seventh of what S3 gives a function. */
  leaseSecondsMin: 60,
  leaseBytesPerSecond: 10_000_000,
  /** Attempts to close a file on which others still count chunks. */
  closeAttemptsMax: 20,
  /** Time after the end of a last attempt before its range is given up. */
  leaseMarginMs: 60_000,
  /** Ranges of one file that a sweep gives up; the next one goes on. */
  rangesLostPerSweepMax: 256,
  /** A closed file that was not rolled up is told of again after this time, and every time it has passed again. */
  rollupRetryMs: 15 * 60_000,
  /** Files of that kind that a sweep looks at. */
  rollupsPerSweepMax: 100,
  /** Files that a sweep loads at a time. */
  filesPerSweepPage: 100,

  /** Records of one call to the store, which cuts them into batches of its own. */
  recordsPerWrite: 100,
  /** Calls to the store that are under way at a time: with these, at most 500 records wait in a worker. */
  writesInFlight: 4,
  /** Kept back of a function's time to store what was found and to report. */
  reportMs: 30_000,

  /** Bytes of one GET to the bucket (8–16 MiB are advised); while one is read, the next has been asked for. */
  getBytes: 8 * 1024 * 1024,
  /** Attempts at the rest of a broken GET. */
  getAttemptsMax: 5,

  /** Days after the upload that files, and what belongs to them, are kept. */
  retentionDays: 90,
  /** Days after the upload that records are kept, by level; at most as long as their files. */
  recordDays: { error: 30, fatal: 90 },
  /** Index partitions of one day and level, so that a day takes 8 × 1,000 records a second. */
  shards: 8,
  /** Index partitions of one day and fingerprint. */
  fingerprintShards: 4,

  /** References a list reads before it gives back what it has, with a cursor to go on. */
  refsPerPageMax: 10_000,
  /** Records a list loads in the same way. */
  recordsPerPageMax: 2_000,
  /** Index partitions whose first references are read side by side. */
  partitionsAtOnce: 32,
  /** References of one read of a partition: the first, doubled with every further one up to the last. */
  refsPerReadMin: 25,
  refsPerReadMax: 400,
  /** Records loaded side by side. */
  recordsPerLoad: 100,
  filterTextCharactersMax: 200,
  /** Days looked at for one page. */
  daysPerPageMax: 400,
  /** Ranges looked at for one page of a file's errors. */
  rangesPerPageMax: 64,
  /** Characters of messages and stacks on a page: an answer ends at 6 MB, and a character may take 6 bytes in JSON. */
  pageCharactersMax: 700_000,
  /** Characters of a message and of a stack in a list; the error itself has all that is kept. */
  listedMessageCharactersMax: 2_048,
  listedStackCharactersMax: 4_096,
  /** Failed ranges that a file names one by one. */
  failuresListedMax: 20,

  /** Lines before and after a record that can be asked for, each. */
  contextLinesMax: 200,
  /** Bytes read on each side of a record for its context. */
  contextBytesMax: 128 * 1024,
  /** Characters of one line of context. */
  contextLineCharactersMax: 4_096,
  /** Decompressed bytes that are passed over to reach a record's context: about a second. */
  contextSkipBytesMax: 256 * 1024 * 1024,

  /** Largest presigned upload: one PUT takes 5 GiB. */
  uploadBytesMax: 5 * 1024 ** 3,
  uploadNameCharactersMax: 200,
  uploadExpiresInSeconds: 900,
} as const;
