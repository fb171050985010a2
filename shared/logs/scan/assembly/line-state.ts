// @ts-nocheck -- AssemblyScript: TypeScript's syntax with the types of WebAssembly. infra/build-scan-assembly.ts compiles it.

/*
 * What the readers of heads say of the texts of a line. Set only where it is what shared/logs/line would say.
 */
import { byte, CLOSE_BRACKET, CLOSE_PARENTHESIS, COLON, COMMA, DASH, OPEN_BRACKET, PIPE } from './bytes';

export let isDescribed: bool = false;
export let messageAt: i32 = 0;
export let messageEnd: i32 = 0;
export let loggerAt: i32 = 0;
export let loggerEnd: i32 = 0;

/** Characters of a logger that a layout takes in one piece. */
export const loggerBytesMax: i32 = 80;

export function forget(): void {
  isDescribed = false;
  loggerAt = 0;
  loggerEnd = 0;
}

export function takeLogger(at: i32, end: i32): void {
  loggerAt = at;
  loggerEnd = end;
}

/** Takes what stands from `at` to `end` for the message, where nothing needs to be taken off or looked for elsewhere. */
export function takeMessage(at: i32, end: i32): void {
  if (at >= end || isOuter(byte(at)) || byte(at) == OPEN_BRACKET) return;
  // White space may be more than one byte.
  const last = byte(end - 1);
  if (last <= 0x20 || last >= 0x80) return;
  messageAt = at;
  messageEnd = end;
  isDescribed = true;
}

/** White space of any kind, separators and dashes, which are no part of a message before it. */
function isOuter(code: i32): bool {
  if (code <= 0x20 || code >= 0x80 || code == COLON || code == PIPE) return true;
  return code == CLOSE_BRACKET || code == CLOSE_PARENTHESIS || code == 0x3e || code == COMMA || code == DASH;
}
