import { useState } from 'react';
import type { RaRecord } from 'react-admin';

/** Rows that were picked out of those that are shown. What is not shown is never among them: nobody decides about what they do not see. */
export interface RowSelection<Row extends RaRecord<string>> {
  readonly rows: readonly Row[];
  readonly has: (row: Row) => boolean;
  readonly set: (rows: readonly Row[], isSelected: boolean) => void;
  readonly clear: () => void;
  readonly isSelectable: (row: Row) => boolean;
  /** What a row is called, for its checkbox. */
  readonly nameOf: (row: Row) => string;
}

type Of<Row extends RaRecord<string>> = Pick<RowSelection<Row>, 'isSelectable' | 'nameOf'>;

export function useSelection<Row extends RaRecord<string>>(shown: readonly Row[], { isSelectable, nameOf }: Of<Row>): RowSelection<Row> {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const has = (row: Row): boolean => ids.has(row.id) && isSelectable(row);
  return {
    rows: shown.filter(has),
    has,
    set(rows, isSelected) {
      const changed = new Set(ids);
      for (const { id } of rows) {
        if (isSelected) changed.add(id);
        else changed.delete(id);
      }
      setIds(changed);
    },
    clear: () => setIds(new Set()),
    isSelectable,
    nameOf,
  };
}
