import Clear from '@mui/icons-material/Clear';
import { Button, MenuItem, Stack, TextField, type Theme, useMediaQuery } from '@mui/material';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { shellTexts } from '../text/texts.ts';
import { useText } from '../use-text.ts';
import type { Filter } from './filters.ts';
import { type LessUsedFilters, MoreFilters } from './more-filters.tsx';

interface FilterBarProps {
  readonly isFiltered: boolean;
  readonly clear: () => void;
  readonly children: ReactNode;
  /** On a phone, behind a button. */
  readonly more?: LessUsedFilters;
}

/** The filters of a list. Every change is looked for at once. */
export function FilterBar({ isFiltered, clear, children, more }: FilterBarProps) {
  const { lists } = useText(shellTexts);
  const isPhone = useMediaQuery((theme: Theme) => theme.breakpoints.down('sm'));
  const isFolded = isPhone && more !== undefined;
  return (
    <Stack
      component="form"
      role="search"
      aria-label={lists.filters}
      direction="row"
      onSubmit={(event: { preventDefault(): void }) => event.preventDefault()}
      sx={{
        rowGap: 1.5,
        columnGap: isFolded ? 1 : 1.5,
        p: 2,
        flexWrap: 'wrap',
        alignItems: 'center',
        // The one choice that stays stands beside the button.
        ...(isFolded && { '& > :has([role=combobox])': { flexBasis: 110 } }),
      }}
    >
      {children}
      {isFolded ? <MoreFilters {...more} isFiltered={isFiltered} clear={clear} /> : more?.fields}
      {isFiltered && !isFolded ? (
        <Button startIcon={<Clear />} onClick={clear}>
          {lists.clear}
        </Button>
      ) : null}
    </Stack>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

/** How long typing pauses before it is searched for. */
const typingPauseMs = 400;

interface TextProps extends FieldProps {
  readonly hint?: string;
  /** What can be looked for here, where not every text can. */
  readonly takes?: Takes;
}

interface Takes {
  readonly filter: Filter;
  /** Said of everything else: the list would show everything, as if it had been looked for. */
  readonly wrong: string;
}

/** The field that `/` leads to; a list has one. */
export function SearchField(props: TextProps) {
  return <TextFilter {...props} isSearch />;
}

export function TextFilter({ label, value = '', onChange, hint, takes, isSearch = false }: TextProps & { readonly isSearch?: boolean }) {
  const [typed, setTyped] = useState(value);
  const [isWrong, setWrong] = useState(false);
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** What this field has asked for and the address does not have yet. */
  const sent = useRef<string[]>([]);
  const latest = useRef({ onChange, value });
  useEffect(() => {
    // By the time the pause ends, another filter may have been set.
    latest.current = { onChange, value };
  });
  useEffect(() => {
    // The echo of what was typed is no news, and comes when more has been typed. What changes elsewhere, as by going back, shows here.
    const echo = sent.current.indexOf(value);
    sent.current.splice(0, echo < 0 ? sent.current.length : echo + 1);
    if (echo >= 0) return;
    clearTimeout(pause.current);
    pause.current = undefined;
    setTyped(value);
    setWrong(false);
  }, [value]);
  useEffect(() => () => clearTimeout(pause.current), []);
  const send = (text: string): void => {
    const meant = takes === undefined || text === '' ? text : takes.filter(text);
    setWrong(meant === undefined);
    if (meant === undefined || (meant === latest.current.value && sent.current.length === 0)) return;
    sent.current.push(meant);
    latest.current.onChange(meant || undefined);
  };
  const stop = (): void => {
    clearTimeout(pause.current);
    pause.current = undefined;
  };
  const type = (text: string): void => {
    setTyped(text);
    stop();
    pause.current = setTimeout(() => {
      pause.current = undefined;
      send(text.trim());
    }, typingPauseMs);
  };
  // Who leaves the field has said what they seek; a sheet that closes takes the field with it.
  const leave = (): void => {
    if (pause.current === undefined) return;
    stop();
    send(typed.trim());
  };
  const search = isSearch ? { 'data-search': '', enterKeyHint: 'search' as const } : {};
  return (
    <TextField
      type="search"
      label={label}
      value={typed}
      onChange={({ target }) => type(target.value)}
      onBlur={leave}
      error={isWrong}
      helperText={isWrong ? takes?.wrong : undefined}
      sx={{ flex: isSearch ? '2 1 260px' : '1 1 170px' }}
      slotProps={{
        htmlInput: { ...search, autoComplete: 'off', spellCheck: false, placeholder: hint },
        inputLabel: { shrink: true },
      }}
    />
  );
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export function ChoiceField({
  label,
  value = '',
  onChange,
  choices,
  any,
}: FieldProps & { readonly choices: readonly Choice[]; readonly any?: string }) {
  const { lists } = useText(shellTexts);
  return (
    <TextField
      select
      label={label}
      value={value}
      onChange={({ target }) => onChange(target.value || undefined)}
      sx={{ flex: '1 1 150px', maxWidth: { sm: 220 } }}
      slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
    >
      <MenuItem value="">{any ?? lists.any}</MenuItem>
      {choices.map((choice) => (
        <MenuItem key={choice.value} value={choice.value}>
          {choice.label}
        </MenuItem>
      ))}
    </TextField>
  );
}

export function DayField({ label, value = '', onChange }: FieldProps) {
  return (
    <TextField
      type="date"
      label={label}
      value={value}
      onChange={({ target }) => onChange(target.value || undefined)}
      sx={{ flex: '1 1 150px', maxWidth: { sm: 180 } }}
      slotProps={{ inputLabel: { shrink: true } }}
    />
  );
}
