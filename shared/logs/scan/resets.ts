/**
 * The memory of the segmentation is bounded, so that a scan that begins anywhere needs to look back only so far. The file is seen in blocks
 * of `recordMax` bytes from its first one on; a line is in the block of its first byte. Where no line has synchronised in a block and the
 * one before it, the state becomes "nothing open"
 * - before the block's first free-standing head, and
 * - before the block's first line, when the block before holds no free-standing head either.
 *
 * A reset never cuts a record short: one that is open then either has reached `recordMax` or would end at that head anyway.
 */
import { isSynchronising, type LineKind } from './line-kind.ts';

interface PlacedLine {
  readonly start: number;
  readonly kind: LineKind;
}

/** Where lines synchronise and where heads stand free, up to a line; says where the resets are. */
export class Resets {
  #lastSynchronising = -Infinity;
  #blockOfFreeHead = -Infinity;
  #freeHeads = new FreeHeads();

  /** Takes the next line, and answers whether the state is reset before it. */
  take(line: PlacedLine, blockSize: number): boolean {
    const block = Math.floor(line.start / blockSize);
    const isFirst = block !== this.#freeHeads.block;
    const isFree = this.#freeHeads.take(line, block);
    const isSynchronised = this.#lastSynchronising >= (block - 1) * blockSize;
    const isReset = !isSynchronised && ((isFree && this.#blockOfFreeHead !== block) || (isFirst && this.#blockOfFreeHead < block - 1));
    if (isFree) this.#blockOfFreeHead = block;
    if (isSynchronising(line.kind)) this.#lastSynchronising = line.start;
    return isReset;
  }
}

/**
 * Whether a head stands free: no line before it in its block may claim it, neither a phrase that announces it, nor a Python trace that is to
 * name its exception. `kindBefore` answers the kind of the n-th line before it (from 1), undefined before the block.
 */
export function isFreeHead(kindBefore: (n: number) => LineKind | undefined): boolean {
  if (isInnerOfPython(kindBefore(1))) return false;
  let n = 1;
  while (kindBefore(n)?.is === 'blank') n += 1;
  return kindBefore(n)?.is !== 'chain';
}

function isInnerOfPython(kind: LineKind | undefined): boolean {
  return kind?.is === 'indented' || (kind?.is === 'frame' && kind.grammar === 'python');
}

/** The same for lines taken in order. */
class FreeHeads {
  block = -1;
  #claims: 'chain' | 'python' | undefined;

  /** Takes the next line, which is in `block`, and answers whether it is a free-standing head. */
  take({ kind }: PlacedLine, block: number): boolean {
    if (block !== this.block) {
      this.block = block;
      this.#claims = undefined;
    }
    const isFree = kind.is === 'head' && this.#claims === undefined;
    if (kind.is === 'chain') this.#claims = 'chain';
    else if (isInnerOfPython(kind)) this.#claims = 'python';
    else if (kind.is !== 'blank' || this.#claims !== 'chain') this.#claims = undefined;
    return isFree;
  }
}
