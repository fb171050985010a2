/**
 * What a file is, told by its first bytes and never by its name.
 */
import { limits } from './limits.ts';
import type { LogFile } from './log-file.ts';
import { readSpan } from './read-span.ts';
import type { ByteSource } from './scan/byte-source.ts';
import { detectContent } from './scan/detect-content.ts';

export interface ContentDescription {
  readonly compression: LogFile['compression'];
  readonly encoding: LogFile['encoding'];
  /** True for what is no text in any encoding that is known. */
  readonly binary: boolean;
}
