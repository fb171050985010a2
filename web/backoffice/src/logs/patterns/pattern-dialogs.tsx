import { MenuItem, TextField } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answer } from '../../shell/api/client.ts';
import { DecisionDialog } from '../../shell/decision-dialog.tsx';
import { useApi, useDesk, useMay, useSession } from '../../shell/desk-context.ts';
import { useText } from '../../shell/use-text.ts';
import { localTime, utcTime } from '../time-window.ts';
import { decidePattern } from './decide-pattern.ts';
import type { PatternDetail } from './pattern-source.ts';
import { patternTexts } from './text.ts';

interface PatternDialogProps {
  readonly pattern: PatternDetail;
  readonly close: () => void;
}

const versionCharactersMax = 100;

export function ResolveDialog({ pattern, close }: PatternDialogProps) {
  const api = useApi();
  const { resolve: text } = useText(patternTexts);
  const [version, setVersion] = useState('');
  const [fixedAt, setFixedAt] = useState<string>();
  const inVersion = version.trim() === '' ? null : version.trim();
  return (
    <DecisionDialog
      title={text.title}
      explanation={text.explanation}
      confirm={text.confirm}
      decide={() => decidePattern(api, pattern, { kind: 'resolve', inVersion, fixedAt: fixedAt ?? null })}
      done={text.done}
      close={close}
    >
      <TextField
        label={text.version}
        value={version}
        fullWidth
        autoFocus
        margin="dense"
        onChange={({ target }) => setVersion(target.value)}
        slotProps={{ htmlInput: { maxLength: versionCharactersMax, autoComplete: 'off', spellCheck: false } }}
      />
      <MomentField label={text.fixedAt} hint={text.fixedAtHint} value={fixedAt} onChange={setFixedAt} />
    </DecisionDialog>
  );
}

const muteSpans = ['1d', '7d', '30d', 'own', 'none'] as const;
type MuteSpan = (typeof muteSpans)[number];
const muteDays: Readonly<Partial<Record<MuteSpan, number>>> = { '1d': 1, '7d': 7, '30d': 30 };
const dayMs = 86_400_000;

export function MuteDialog({ pattern, close }: PatternDialogProps) {
  const { api, now } = useDesk();
  const { mute: text } = useText(patternTexts);
  const [span, setSpan] = useState<MuteSpan>('7d');
  const [own, setOwn] = useState<string>();
  const [count, setCount] = useState('');
  const until = endOf(span, own, now());
  const times = count === '' ? null : Number(count);
  const isPast = until !== null && Date.parse(until) <= now();
  return (
    <DecisionDialog
      title={text.title}
      explanation={text.explanation}
      confirm={text.confirm}
      isReady={!isPast && isMute({ span, until, times })}
      decide={() => decidePattern(api, pattern, { kind: 'mute', until, count: times })}
      done={text.done}
      close={close}
    >
      <TextField select fullWidth margin="dense" label={text.for} value={span} onChange={({ target }) => setSpan(target.value as MuteSpan)}>
        {muteSpans.map((name) => (
          <MenuItem key={name} value={name}>
            {text.spans[name]}
          </MenuItem>
        ))}
      </TextField>
      {span === 'own' ? (
        <MomentField label={text.until} hint={isPast ? text.past : ''} value={own} onChange={setOwn} isWrong={isPast} />
      ) : null}
      <TextField
        label={text.count}
        value={count}
        fullWidth
        helperText={text.countHint}
        onChange={({ target }) => setCount(target.value.replaceAll(/\D/g, '').slice(0, 9))}
        slotProps={{ htmlInput: { inputMode: 'numeric', autoComplete: 'off' } }}
      />
    </DecisionDialog>
  );
}

/** Null where time does not end it, or none was given yet. */
function endOf(span: MuteSpan, own: string | undefined, nowMs: number): string | null {
  const days = muteDays[span];
  if (days !== undefined) return new Date(nowMs + days * dayMs).toISOString();
  return span === 'own' ? (own ?? null) : null;
}

/** A mute ends some time: by the clock, or by how often it was seen. */
function isMute({
  span,
  until,
  times,
}: {
  readonly span: MuteSpan;
  readonly until: string | null;
  readonly times: number | null;
}): boolean {
  if (times === 0) return false;
  return span === 'none' ? times !== null : until !== null;
}

export function ReopenDialog({ pattern, close }: PatternDialogProps) {
  const api = useApi();
  const { reopen: text } = useText(patternTexts);
  return <DecisionDialog {...text} decide={() => decidePattern(api, pattern, { kind: 'reopen' })} close={close} />;
}

/** Whoever may see the staff picks among them; everybody else takes it on, or gives it back. */
export function AssignDialog({ pattern, close }: PatternDialogProps) {
  const api = useApi();
  const { assign: text } = useText(patternTexts);
  const oneself = useSession()?.staff.id ?? '';
  const people = useStaffNames();
  const [to, setTo] = useState(pattern.assignee ?? oneself);
  const others = new Map([
    ...(pattern.assignee === null ? [] : [[pattern.assignee, pattern.assigneeName ?? pattern.assignee] as const]),
    ...people,
  ]);
  others.delete(oneself);
  return (
    <DecisionDialog
      title={text.title}
      confirm={text.confirm}
      decide={() => decidePattern(api, pattern, { kind: 'assign', assignee: to === '' ? null : to })}
      done={text.done}
      close={close}
    >
      <TextField
        select
        fullWidth
        margin="dense"
        label={text.to}
        value={to}
        onChange={({ target }) => setTo(target.value)}
        slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
      >
        <MenuItem value={oneself}>{text.oneself}</MenuItem>
        {[...others].map(([id, name]) => (
          <MenuItem key={id} value={id}>
            {name}
          </MenuItem>
        ))}
        <MenuItem value="">{text.nobody}</MenuItem>
      </TextField>
    </DecisionDialog>
  );
}

const staffMax = 200;

/** Names of the staff by their ids, for whoever may see them; nothing for others. */
export function useStaffNames(): ReadonlyMap<string, string> {
  const api = useApi();
  const may = useMay();
  const { data } = useQuery({
    queryKey: ['staff-names'],
    queryFn: () => answer(api.GET('/api/admin/staff', { params: { query: { status: 'active', limit: staffMax } } })),
    enabled: may('staff:read'),
    staleTime: 60_000,
  });
  return new Map(data?.staff.map(({ id, name }) => [id, name]));
}

interface MomentFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string | undefined;
  readonly onChange: (iso: string | undefined) => void;
  readonly isWrong?: boolean;
}

function MomentField({ label, hint, value, onChange, isWrong = false }: MomentFieldProps) {
  return (
    <TextField
      type="datetime-local"
      label={label}
      value={localTime(value)}
      fullWidth
      error={isWrong}
      helperText={hint}
      onChange={({ target }) => onChange(utcTime(target.value))}
      slotProps={{ inputLabel: { shrink: true } }}
    />
  );
}
