import Add from '@mui/icons-material/Add';
import { Button, Chip, Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle, Stack, Typography } from '@mui/material';
import { useRef, useState } from 'react';
import { answer } from '../../shell/api/client.ts';
import { CopyText } from '../../shell/copy-text.tsx';
import { DecisionDialog } from '../../shell/decision-dialog.tsx';
import { useApi, useMay } from '../../shell/desk-context.ts';
import type { Filters } from '../../shell/list/filters.ts';
import { type Column, RecordRows } from '../../shell/list/record-list.tsx';
import { useRecordList } from '../../shell/list/use-record-list.ts';
import { Page } from '../../shell/page.tsx';
import { useFormat, useText } from '../../shell/use-text.ts';
import { AlertList } from './alert-list.tsx';
import { RuleDialog } from './rule-dialog.tsx';
import type { AlertRule } from './rule-source.ts';
import { TestDialog } from './test-dialog.tsx';
import { alertTexts } from './text.ts';

const noFilters: Filters = {};

/** What is open over the list. */
type Open =
  | { readonly what: 'form'; readonly rule: AlertRule | undefined }
  | { readonly what: 'pause' | 'remove' | 'test'; readonly rule: AlertRule }
  | { readonly what: 'secret'; readonly secret: string };

/** Who is told of which patterns, and what they were told of late. */
export function RuleListPage() {
  const text = useText(alertTexts);
  const may = useMay();
  const list = useRecordList<AlertRule, Filters>('log-alert-rules', noFilters);
  const [open, setOpen] = useState<Open>();
  const mayChange = may('logs:decide');
  const columns: readonly Column<AlertRule>[] = [
    { name: 'name', label: text.columns.name, cell: ({ name }) => <strong>{name}</strong> },
    { name: 'kinds', label: text.columns.kinds, cell: (rule) => <Kinds rule={rule} /> },
    { name: 'filter', label: text.columns.filter, cell: (rule) => <RuleFilter rule={rule} /> },
    { name: 'channel', label: text.columns.channel, cell: (rule) => <ChannelText rule={rule} /> },
    { name: 'state', label: text.columns.state, cell: (rule) => <RuleState rule={rule} /> },
    ...(mayChange ? [{ name: 'acts', label: '', cell: (rule: AlertRule) => <Acts rule={rule} open={setOpen} /> }] : []),
  ];
  const make = mayChange ? (
    <Button variant="contained" startIcon={<Add />} onClick={() => setOpen({ what: 'form', rule: undefined })}>
      {text.add}
    </Button>
  ) : null;
  return (
    <Page title={text.title} actions={make}>
      <RecordRows
        list={list}
        columns={columns}
        card={(rule) => <RuleCard rule={rule} {...(mayChange && { open: setOpen })} />}
        empty={{ title: text.emptyTitle, text: text.empty }}
        label={text.list}
      />
      <AlertList />
      {open === undefined ? null : <Opened open={open} setOpen={setOpen} />}
    </Page>
  );
}

interface OpenedProps {
  readonly open: Open;
  readonly setOpen: (open: Open | undefined) => void;
}

function Opened({ open, setOpen }: OpenedProps) {
  // The form closes by itself once it is saved, and only then there is a secret to show.
  const secret = useRef<string>(null);
  const close = (): void => setOpen(secret.current === null ? undefined : { what: 'secret', secret: secret.current });
  switch (open.what) {
    case 'form':
      return <RuleDialog rule={open.rule} saved={(made) => void (secret.current = made)} close={close} />;
    case 'pause':
      return <PauseDialog rule={open.rule} close={close} />;
    case 'remove':
      return <RemoveDialog rule={open.rule} close={close} />;
    case 'test':
      return <TestDialog rule={open.rule} close={close} />;
    case 'secret':
      return <SecretDialog secret={open.secret} close={() => setOpen(undefined)} />;
    default:
      return open satisfies never;
  }
}

interface ActsProps {
  readonly rule: AlertRule;
  readonly open: (open: Open) => void;
}

function Acts({ rule, open }: ActsProps) {
  const text = useText(alertTexts);
  const acts = [
    { label: text.edit, act: () => open({ what: 'form', rule }) },
    { label: text.try, act: () => open({ what: 'test', rule }) },
    { label: rule.isEnabled ? text.pause : text.resume, act: () => open({ what: 'pause', rule }) },
    { label: text.remove, act: () => open({ what: 'remove', rule }) },
  ];
  return (
    <Stack direction="row" sx={{ gap: 0.5, ml: { xs: -1, sm: 0 } }}>
      {acts.map(({ label, act }) => (
        <Button key={label} size="small" onClick={act} aria-label={text.of(label, rule.name)}>
          {label}
        </Button>
      ))}
    </Stack>
  );
}

interface RuleDialogProps {
  readonly rule: AlertRule;
  readonly close: () => void;
}

function PauseDialog({ rule, close }: RuleDialogProps) {
  const api = useApi();
  const text = useText(alertTexts);
  const { id: ruleId, isEnabled, revision, name } = rule;
  return (
    <DecisionDialog
      title={isEnabled ? text.pauseTitle(name) : text.resumeTitle(name)}
      explanation={isEnabled ? text.pauseText : text.resumeText}
      confirm={isEnabled ? text.pause : text.resume}
      decide={() =>
        answer(
          api.PATCH('/api/admin/logs/alert-rules/{ruleId}', { params: { path: { ruleId } }, body: { revision, isEnabled: !isEnabled } }),
        )
      }
      done={isEnabled ? text.pausedDone : text.resumedDone}
      close={close}
    />
  );
}

function RemoveDialog({ rule: { id: ruleId, revision, name }, close }: RuleDialogProps) {
  const api = useApi();
  const text = useText(alertTexts);
  return (
    <DecisionDialog
      title={text.removeTitle(name)}
      explanation={text.removeText}
      confirm={text.remove}
      isDangerous
      decide={() => answer(api.DELETE('/api/admin/logs/alert-rules/{ruleId}', { params: { path: { ruleId }, query: { revision } } }))}
      done={text.removed}
      close={close}
    />
  );
}

function SecretDialog({ secret, close }: { readonly secret: string; readonly close: () => void }) {
  const { secret: text } = useText(alertTexts);
  return (
    <Dialog open aria-labelledby="secret-title" fullWidth maxWidth="sm">
      <DialogTitle id="secret-title">{text.title}</DialogTitle>
      <DialogContent>
        <DialogContentText sx={{ mb: 2 }}>{text.explanation}</DialogContentText>
        <CopyText text={secret} />
      </DialogContent>
      <DialogActions>
        <Button variant="contained" onClick={close}>
          {text.close}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

interface RuleProps {
  readonly rule: AlertRule;
}

function Kinds({ rule: { kinds, countPerHourMin } }: RuleProps) {
  const text = useText(alertTexts);
  const format = useFormat();
  return kinds
    .map((kind) => (kind === 'volume' && countPerHourMin !== null ? text.volume(format.count(countPerHourMin)) : text.kinds[kind]))
    .join(', ');
}

function RuleFilter({ rule: { filter } }: RuleProps) {
  const text = useText(alertTexts);
  const { level, ...others } = filter;
  const parts = [
    ...(level === null ? [] : [`${text.filters.level}: ${text.levels[level]}`]),
    ...(['service', 'text', 'filePrefix'] as const).flatMap((name) =>
      others[name] === null ? [] : [`${text.filters[name]}: ${others[name]}`],
    ),
  ];
  return <span style={{ overflowWrap: 'anywhere' }}>{parts.length === 0 ? text.any : parts.join(' · ')}</span>;
}

function ChannelText({ rule: { channel } }: RuleProps) {
  const { channels } = useText(alertTexts);
  const place = channel.host ?? channel.to.join(', ');
  return place === '' ? channels[channel.kind] : `${channels[channel.kind]}: ${place}`;
}

function RuleState({ rule: { isEnabled } }: RuleProps) {
  const text = useText(alertTexts);
  return <Chip size="small" variant="outlined" color={isEnabled ? 'success' : 'default'} label={isEnabled ? text.active : text.paused} />;
}

function RuleCard({ rule, open }: RuleProps & { readonly open?: (open: Open) => void }) {
  return (
    <Stack sx={{ gap: 0.5, alignItems: 'flex-start' }}>
      <Typography sx={{ fontWeight: 650 }}>{rule.name}</Typography>
      <RuleState rule={rule} />
      <Typography variant="body2">
        <Kinds rule={rule} />
      </Typography>
      <Typography variant="body2">
        <RuleFilter rule={rule} />
      </Typography>
      <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
        <ChannelText rule={rule} />
      </Typography>
      {open === undefined ? null : <Acts rule={rule} open={open} />}
    </Stack>
  );
}
