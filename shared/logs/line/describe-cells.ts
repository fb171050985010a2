/**
 * What a line of cells says beyond its level: the message is the first quoted cell of several words behind it, or the longest cell.
 */
import type { Described } from './describe-event.ts';
import type { Head } from './head.ts';

/** Cells that are looked at. */
const cellsMax = 40;

/** Describes a line whose level is a cell; undefined for any other. */
export function describeCells(head: Head): Described | undefined {
  const border = borderOf(head);
  if (border === undefined) return undefined;
  const cells = cellsFrom(head.text, head.text.indexOf(border, Math.max(head.levelEnd, head.timeEnd)) + 1, cellPatterns[border]);
  const message = cells.find((cell) => cell.quoted && cell.text.includes(' ')) ?? longest(cells);
  const [first] = cells;
  const isNamed = first !== undefined && first !== message && /^[A-Za-z][\w .-]{0,80}$/.test(first.text);
  return { logger: isNamed ? first.text : null, message: message?.text ?? '' };
}

type Border = ',' | ';';

/** What stands between the cells, where the level is one: a cell before the level and one behind it, or the level first and a time behind it. */
function borderOf({ text, levelAt, levelEnd, timeAt }: Head): Border | undefined {
  const isQuoted = text[levelAt - 1] === '"' && text[levelEnd] === '"';
  const border = levelAt < 0 ? undefined : text[isQuoted ? levelEnd + 1 : levelEnd];
  if (border !== ',' && border !== ';') return undefined;
  const isCell = levelAt === 0 ? timeAt === levelEnd + 1 : text[isQuoted ? levelAt - 2 : levelAt - 1] === border;
  return isCell ? border : undefined;
}

interface Cell {
  readonly text: string;
  readonly quoted: boolean;
}

const cellPatterns: Readonly<Record<Border, RegExp>> = {
  ',': /"((?:[^"]|"")*)"(?:,|$)|([^,]*)(?:,|$)/y,
  ';': /"((?:[^"]|"")*)"(?:;|$)|([^;]*)(?:;|$)/y,
};

function cellsFrom(text: string, from: number, cellPattern: RegExp): Cell[] {
  const cells: Cell[] = [];
  cellPattern.lastIndex = from;
  while (cells.length < cellsMax && cellPattern.lastIndex < text.length) {
    const match = cellPattern.exec(text);
    if (match === null) break;
    cells.push(match[1] === undefined ? { text: match[2] ?? '', quoted: false } : { text: match[1].replaceAll('""', '"'), quoted: true });
  }
  return cells;
}

function longest(cells: readonly Cell[]): Cell | undefined {
  let best: Cell | undefined;
  for (const cell of cells) if (best === undefined || cell.text.length > best.text.length) best = cell;
  return best;
}
