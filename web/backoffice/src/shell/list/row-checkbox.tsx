import { Checkbox } from '@mui/material';
import type { RaRecord } from 'react-admin';
import { shellTexts } from '../text/texts.ts';
import { useText } from '../use-text.ts';
import type { RowSelection } from './use-selection.ts';

interface RowCheckboxProps<Row extends RaRecord<string>> {
  readonly selection: RowSelection<Row>;
  readonly row: Row;
}

/** What `x` presses. */
export function RowCheckbox<Row extends RaRecord<string>>({ selection, row }: RowCheckboxProps<Row>) {
  const { lists } = useText(shellTexts);
  return (
    <Checkbox
      size="small"
      checked={selection.has(row)}
      disabled={!selection.isSelectable(row)}
      onChange={({ target }) => selection.set([row], target.checked)}
      slotProps={{ input: { 'aria-label': lists.select(selection.nameOf(row)), ...({ 'data-select': '' } as object) } }}
      sx={{ p: 0.5, m: -0.5 }}
    />
  );
}

interface AllCheckboxProps<Row extends RaRecord<string>> {
  readonly selection: RowSelection<Row>;
  readonly rows: readonly Row[];
}

export function AllCheckbox<Row extends RaRecord<string>>({ selection, rows }: AllCheckboxProps<Row>) {
  const { lists } = useText(shellTexts);
  const selectable = rows.filter(selection.isSelectable);
  const picked = selection.rows.length;
  return (
    <Checkbox
      size="small"
      checked={picked > 0 && picked === selectable.length}
      indeterminate={picked > 0 && picked < selectable.length}
      disabled={selectable.length === 0}
      onChange={({ target }) => selection.set(selectable, target.checked)}
      slotProps={{ input: { 'aria-label': lists.selectAll } }}
      sx={{ p: 0.5, m: -0.5 }}
    />
  );
}
