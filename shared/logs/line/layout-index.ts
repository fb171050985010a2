/**
 * Picks from a list of anchored patterns those that a text can match by its first two characters, which most of the list cannot. Reads the
 * beginning of each pattern's source; where that is more than literals and classes, any text counts as matching.
 */

/** Which of ASCII's characters may stand at a position; undefined for any. */
type Characters = ReadonlySet<number> | undefined;

export interface LayoutIndex {
  /** In the order of the list. */
  candidates(text: string): readonly RegExp[];
}

const codesMax = 128;

export function layoutIndex(layouts: readonly RegExp[]): LayoutIndex {
  let beginnings: readonly { readonly layout: RegExp; readonly beginning: readonly [Characters, Characters] }[] | undefined;
  const cache = new Map<number, readonly RegExp[]>();
  return {
    candidates(text) {
      const [first, second] = [text.charCodeAt(0), text.charCodeAt(1)];
      if (!(first < codesMax && second < codesMax)) return layouts;
      const key = first * codesMax + second;
      let some = cache.get(key);
      if (some === undefined) {
        // Not before a text asks: a process that starts has better things to do.
        beginnings ??= layouts.map((layout) => ({ layout, beginning: beginningOf(layout.source) }));
        some = beginnings
          .filter(({ beginning: [one, two] }) => (one?.has(first) ?? true) && (two?.has(second) ?? true))
          .map(({ layout }) => layout);
        cache.set(key, some);
      }
      return some;
    },
  };
}

/** A literal or a class, how often it stands at least, and how often at most where that is told. */
const atom = /^(?<character>\\[^\w]|\\t|\[(?:\\.|[^\]\\])+\]|[^\\()[\]{}.*+?^$|])(?<repeated>[*+?]|\{(?<least>\d+),?\d*\})?\??/;

/** What a text begins with that matches the pattern of that source. */
export function beginningOf(source: string): readonly [Characters, Characters] {
  if (!source.startsWith('^') || hasAlternatives(source)) return [undefined, undefined];
  const optional: number[] = [];
  let piece = nextPiece(source.slice(1));
  while (piece?.least === 0) {
    optional.push(...piece.codes);
    piece = nextPiece(piece.rest);
  }
  if (piece === undefined) return [undefined, undefined];
  return optional.length > 0 ? [new Set([...optional, ...piece.codes]), undefined] : [piece.codes, behind(piece)];
}

interface Piece {
  readonly codes: ReadonlySet<number>;
  readonly least: number;
  readonly isSingle: boolean;
  readonly rest: string;
}

function nextPiece(source: string): Piece | undefined {
  const match = atom.exec(source);
  if (match === null) return undefined;
  const { character = '', repeated = '', least } = match.groups ?? {};
  const atLeast = repeated === '*' || repeated === '?' ? 0 : Number(least ?? 1);
  return { codes: charactersOf(character), least: atLeast, isSingle: repeated === '', rest: source.slice(match[0].length) };
}

/** The characters behind the first of a piece. */
function behind(piece: Piece): Characters {
  if (piece.least > 1) return piece.codes;
  const next = piece.isSingle ? nextPiece(piece.rest) : undefined;
  return next === undefined || next.least === 0 ? undefined : next.codes;
}

function charactersOf(character: string): ReadonlySet<number> {
  const pattern = new RegExp(`^${character}$`);
  return new Set(Array.from({ length: codesMax }, (_, code) => code).filter((code) => pattern.test(String.fromCharCode(code))));
}

/** A pipe outside of groups and classes. */
function hasAlternatives(source: string): boolean {
  let depth = 0;
  for (const [sign] of source.matchAll(/\\.|\[(?:\\.|[^\]\\])*\]|[()|]/g)) {
    if (sign === '(') depth += 1;
    else if (sign === ')') depth -= 1;
    else if (sign === '|' && depth === 0) return true;
  }
  return false;
}
