import { encode } from 'uqr';

/** Modules of white around the code; scanners ask for four. */
const border = 4;

export interface QrModules {
  /** Of each side, border included. */
  readonly size: number;
  /** SVG path of the dark modules, a module being one unit: one bar for those that lie side by side. */
  readonly path: string;
  readonly isDark: (x: number, y: number) => boolean;
}

/** The code of a payload, such as EMVCo's of QRIS. */
export function qrModules(payload: string): QrModules {
  const { data, size } = encode(payload, { ecc: 'M', border });
  const isDark = (x: number, y: number): boolean => data[y]?.[x] === true;
  return { size, path: data.flatMap((row, y) => barsOf(row, y)).join(''), isDark };
}

function barsOf(row: readonly boolean[], y: number): string[] {
  return row.flatMap((isDark, x) => {
    if (!isDark || row[x - 1] === true) return [];
    const end = row.indexOf(false, x);
    const length = (end === -1 ? row.length : end) - x;
    return [`M${x} ${y}h${length}v1h-${length}z`];
  });
}
