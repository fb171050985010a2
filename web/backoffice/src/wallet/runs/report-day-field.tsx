import { TextField } from '@mui/material';
import { useDesk } from '../../shell/desk-context.ts';
import { useText } from '../../shell/use-text.ts';
import { jakartaDay } from '../jakarta-day.ts';
import { runTexts } from './text.ts';

const dayMs = 86_400_000;

/** The day whose reports are whole by now, unless another one is given. */
export function useYesterday(given?: string): string {
  const { now } = useDesk();
  return given ?? jakartaDay(now() - dayMs);
}

interface ReportDayFieldProps {
  readonly value: string;
  readonly onChange: (day: string) => void;
}

export function ReportDayField({ value, onChange }: ReportDayFieldProps) {
  const text = useText(runTexts);
  const { now } = useDesk();
  return (
    <TextField
      type="date"
      label={text.day}
      value={value}
      required
      fullWidth
      margin="dense"
      onChange={({ target }) => onChange(target.value)}
      slotProps={{ inputLabel: { shrink: true }, htmlInput: { max: jakartaDay(now()) } }}
    />
  );
}
