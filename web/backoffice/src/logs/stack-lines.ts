/**
 * A stack trace cut into what is looked at and what is folded: lines of frames that are not the application's own stand together.
 */
import { readStackTrace } from '#shared/logs/patterns/stack-frames.ts';

export interface StackPart {
  /** `own`: a frame of the application. `foreign`: frames of platforms and libraries. `text`: everything else, as the exceptions themselves. */
  readonly kind: 'own' | 'foreign' | 'text';
  readonly lines: readonly string[];
}

/** So few foreign lines are shown as they are: to unfold one line costs more than to read it. */
const foldedLinesMin = 2;

export function stackParts(stack: string): readonly StackPart[] {
  const parts: { kind: StackPart['kind']; lines: string[] }[] = [];
  for (const line of stack.split('\n')) {
    const kind = kindOf(line, parts.at(-1)?.kind);
    const last = parts.at(-1);
    if (last?.kind === kind) last.lines.push(line);
    else parts.push({ kind, lines: [line] });
  }
  return parts;
}

export const isFolded = ({ kind, lines }: StackPart): boolean => kind === 'foreign' && lines.length >= foldedLinesMin;

function kindOf(line: string, before: StackPart['kind'] | undefined): StackPart['kind'] {
  const [frame] = readStackTrace(line).frames;
  if (frame !== undefined) return frame.inApp ? 'own' : 'foreign';
  // What Java leaves out is the same as above; the source line that Python writes below a frame belongs to it.
  if (/^\s*\.\.\. \d+/.test(line)) return 'foreign';
  return /^\s{4,}\S/.test(line) && before !== undefined ? before : 'text';
}
