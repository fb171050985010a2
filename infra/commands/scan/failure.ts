import { DamagedContentError } from '#shared/logs/scan/decompress.ts';

/** A sentence for what ended a scan early; anything that is neither damage nor the system's refusal is a bug and is thrown on. */
export function describeFailure(error: unknown): string {
  if (error instanceof DamagedContentError) return `${error.message}. What came before it was scanned.`;
  if (error instanceof Error && 'syscall' in error) return `it cannot be read on: ${error.message}.`;
  throw error;
}
