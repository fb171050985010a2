import { TextField } from '@mui/material';
import { useDesk } from '../shell/desk-context.ts';
import { ChoiceField } from '../shell/list/filter-bar.tsx';
import { useText } from '../shell/use-text.ts';
import { logTexts } from './text.ts';
import { localTime, utcTime, type WindowName, type WindowValues } from './time-window.ts';

const dayMs = 86_400_000;

interface WindowFieldsProps {
  readonly values: WindowValues;
  readonly onChange: (change: WindowValues) => void;
  readonly choices: readonly WindowName[];
  /** What no choice means. */
  readonly any: string;
}

/** Presets, and a range of one's own. */
export function WindowFields({ values, onChange, choices, any }: WindowFieldsProps) {
  const { window: text } = useText(logTexts);
  const { now } = useDesk();
  // A range of one's own begins with the last day, so that choosing it shows something to change.
  const choose = (window: string | undefined): void =>
    onChange({
      window,
      from: window === 'custom' ? (values.from ?? new Date(now() - dayMs).toISOString()) : undefined,
      to: undefined,
    });
  return (
    <>
      <ChoiceField
        label={text.label}
        value={values.window}
        any={any}
        onChange={choose}
        choices={choices.map((window) => ({ value: window, label: text.names[window] }))}
      />
      {values.window === 'custom' ? (
        <>
          <TimeField label={text.from} iso={values.from} onChange={(from) => onChange({ from })} />
          <TimeField label={text.to} iso={values.to} onChange={(to) => onChange({ to })} />
        </>
      ) : null}
    </>
  );
}

interface TimeFieldProps {
  readonly label: string;
  readonly iso: string | undefined;
  readonly onChange: (iso: string | undefined) => void;
}

/** An instant, to the minute, in the reader's own zone. */
function TimeField({ label, iso, onChange }: TimeFieldProps) {
  return (
    <TextField
      type="datetime-local"
      label={label}
      value={localTime(iso)}
      onChange={({ target }) => onChange(utcTime(target.value))}
      slotProps={{ inputLabel: { shrink: true } }}
      sx={{ flex: '1 1 200px', maxWidth: { sm: 240 } }}
    />
  );
}
