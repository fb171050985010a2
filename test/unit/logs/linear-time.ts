/**
 * Measures a reader of lines against the machine's own speed.
 */
/** What reading `text` costs, and what it may: some dozens of looks at each of its characters. Quadratic time would be thousands, seconds. */
export function timed(text: string, read: () => unknown): { readonly ms: number; readonly msMax: number } {
  read();
  return { ms: bestMs(read), msMax: 50 + 40 * bestMs(() => passOver(text)) };
}

function passOver(text: string): number {
  let sum = 0;
  for (let at = 0; at < text.length; at += 1) sum = (sum * 31 + text.charCodeAt(at)) | 0;
  return sum;
}

function bestMs(run: () => unknown): number {
  let best = Infinity;
  for (let round = 0; round < 8; round += 1) {
    const start = performance.now();
    run();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}
