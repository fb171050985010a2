/**
 * Traces and panics of the world's languages, written for these tests. Every text is a log; its records begin at the lines that `»` marks
 * and end where `«` stands (at the start of the line behind their last one).
 */
export interface TraceCase {
  readonly name: string;
  readonly text: string;
  /** First line (from 1), lines and level of each record. */
  readonly records: readonly (readonly [first: number, lines: number, level: 'error' | 'fatal'])[];
}

export const now = '2026-03-01 00:00:00,001';

/** A line with a mark before it: the record before ends here, one begins here, it is fatal. */
const marked = /^(?<ends>«?)(?<begins>»?)(?<fatal>!?)(?<line>.*)$/;

/** A case out of a marked text. */
export function trace(name: string, markedText: string): TraceCase {
  const records: [first: number, lines: number, level: 'error' | 'fatal'][] = [];
  const lines = markedText.replace(/^\n/, '').split('\n');
  const text = lines.map((markedLine, index) => {
    const groups = marked.exec(markedLine)?.groups ?? {};
    const record = records.at(-1);
    if (groups['ends'] !== '' && record !== undefined) record[1] = index + 1 - record[0];
    if (groups['begins'] !== '') records.push([index + 1, lines.length - index, groups['fatal'] === '' ? 'error' : 'fatal']);
    return groups['begins'] === '' ? `${groups['fatal']}${groups['line']}` : groups['line'];
  });
  return { name, text: text.join('\n'), records };
}
