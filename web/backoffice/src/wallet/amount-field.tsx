import { InputAdornment, TextField } from '@mui/material';
import { useFormat } from '../shell/use-text.ts';

interface AmountFieldProps {
  readonly label: string;
  /** Digits. */
  readonly value: string;
  readonly onChange: (digits: string) => void;
  readonly hint: string;
  readonly isWrong?: boolean;
}

/** A trillion rupiah, the most of one posting. */
const digitsMax = 13;

/** Whole rupiah. What was typed stands below it as an amount, so that a digit too many shows. */
export function AmountField({ label, value, onChange, hint, isWrong = false }: AmountFieldProps) {
  const format = useFormat();
  return (
    <TextField
      label={label}
      value={value}
      required
      fullWidth
      margin="dense"
      error={isWrong}
      helperText={value === '' ? hint : `${format.rupiah(Number(value))} · ${hint}`}
      onChange={({ target }) => onChange(target.value.replaceAll(/\D/g, '').slice(0, digitsMax))}
      slotProps={{
        htmlInput: { inputMode: 'numeric', autoComplete: 'off' },
        input: { startAdornment: <InputAdornment position="start">Rp</InputAdornment> },
      }}
    />
  );
}
