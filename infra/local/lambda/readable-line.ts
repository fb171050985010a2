import { z } from 'zod';

/** Characters of one log line that reach the terminal; the whole line is in the file. */
const terminalCharactersMax = 500;

/** What Powertools and Lambda's own JSON format write; Powertools puts a logged error under `error`. */
const LogRecord = z.object({
  level: z.string().default('INFO'),
  message: z.json(),
  error: z.object({ name: z.string(), message: z.string() }).optional().catch(undefined),
});

export interface ReadableLine {
  readonly level: 'info' | 'warn';
  readonly text: string;
}

/**
 * A function's log line as a person wants to read it: of a JSON record the level, the message and the error's name; anything else as it is.
 * Undefined for lines no person reads: empty ones, and metrics in embedded format.
 */
export function readableLine(line: string): ReadableLine | undefined {
  if (line.trim() === '') return undefined;
  const json = line.startsWith('{') ? parsed(line) : undefined;
  if (typeof json === 'object' && json !== null && '_aws' in json) return undefined;
  const record = LogRecord.safeParse(json).data;
  if (!record) return { level: 'info', text: line.slice(0, terminalCharactersMax) };
  const level = record.level.toUpperCase();
  const message = typeof record.message === 'string' ? record.message : JSON.stringify(record.message);
  const error = record.error ? ` (${record.error.name}: ${record.error.message})` : '';
  return {
    level: /^(WARN|ERROR|CRITICAL|FATAL)/.test(level) ? 'warn' : 'info',
    text: `${level} ${message}${error}`.slice(0, terminalCharactersMax),
  };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
