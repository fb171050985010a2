import { Alert, Button, Stack } from '@mui/material';
import { type ComponentType, useState } from 'react';
import { Link, useLocation } from 'react-admin';
import { RecordAudit } from '../../audit/record-audit.tsx';
import { useMay } from '../../shell/desk-context.ts';
import { writeAddress } from '../../shell/list/filters.ts';
import { Page } from '../../shell/page.tsx';
import { RecordPage } from '../../shell/record-page.tsx';
import { type DeskTab, DeskTabs } from '../../shell/tabs.tsx';
import { useText } from '../../shell/use-text.ts';
import { Neighbours } from '../neighbours.tsx';
import { TemplateText } from '../template-text.tsx';
import { MergeDialog } from './merge-dialog.tsx';
import { AssignDialog, MuteDialog, ReopenDialog, ResolveDialog } from './pattern-dialogs.tsx';
import { PatternFingerprints } from './pattern-fingerprints.tsx';
import { PatternHistory } from './pattern-history.tsx';
import { PatternOverview } from './pattern-overview.tsx';
import { type PatternDetail, patternFilters } from './pattern-source.ts';
import { patternTexts } from './text.ts';

/** `#/log-patterns/<id>/show`, and below it a tab. */
export function PatternPage() {
  const text = useText(patternTexts);
  const { search } = useLocation();
  return (
    <RecordPage<PatternDetail> resource="log-patterns" title={text.one}>
      {(pattern, { tab, back }) => (
        <Page
          title={pattern.template}
          heading={<TemplateText template={pattern.template} size="1.05rem" />}
          back={back}
          actions={<Neighbours resource="log-patterns" filters={patternFilters} id={pattern.id} search={search} />}
        >
          <Actions pattern={pattern} />
          <PatternTabs pattern={pattern} tab={tab} search={search} />
        </Page>
      )}
    </RecordPage>
  );
}

interface PatternTabsProps {
  readonly pattern: PatternDetail;
  readonly tab: string | undefined;
  readonly search: string;
}

function PatternTabs({ pattern, tab, search }: PatternTabsProps) {
  const { tabs: labels } = useText(patternTexts);
  const may = useMay();
  const audit: DeskTab = { name: 'audit', label: labels.audit, content: () => <RecordAudit subject={`log-pattern:${pattern.id}`} /> };
  const tabs: DeskTab[] = [
    { name: 'overview', label: labels.overview, content: () => <PatternOverview pattern={pattern} /> },
    { name: 'history', label: labels.history, content: () => <PatternHistory pattern={pattern} /> },
    { name: 'fingerprints', label: labels.fingerprints, content: () => <PatternFingerprints key={pattern.revision} pattern={pattern} /> },
    ...(may('audit:read') ? [audit] : []),
  ];
  const addressOf = (name: string): string => `/log-patterns/${encodeURIComponent(pattern.id)}/show/${name}${search}`;
  return <DeskTabs label={pattern.template} tabs={tabs} current={tab} addressOf={addressOf} />;
}

type Act = 'resolve' | 'mute' | 'reopen' | 'assign' | 'merge';

const dialogs: Readonly<Record<Act, ComponentType<{ readonly pattern: PatternDetail; readonly close: () => void }>>> = {
  resolve: ResolveDialog,
  mute: MuteDialog,
  reopen: ReopenDialog,
  assign: AssignDialog,
  merge: MergeDialog,
};

/** What can be decided about the pattern as it stands. */
function actsOf({ status, regression }: PatternDetail): readonly Act[] {
  const isOpen = status === 'open';
  return [
    ...(isOpen ? (['resolve', 'mute'] as const) : []),
    ...(!isOpen || regression !== null ? (['reopen'] as const) : []),
    'assign',
    'merge',
  ];
}

function Actions({ pattern }: { readonly pattern: PatternDetail }) {
  const text = useText(patternTexts);
  const may = useMay();
  const [open, setOpen] = useState<Act>();
  const Dialog = open === undefined ? undefined : dialogs[open];
  if (pattern.mergedInto !== null) return <Merged into={pattern.mergedInto} />;
  const acts = may('logs:decide') ? actsOf(pattern) : [];
  return (
    <Stack direction="row" sx={{ p: 2, gap: 1, flexWrap: 'wrap' }}>
      <Button component={Link} to={`/log-errors${writeAddress({ values: { pattern: pattern.id } })}`} variant="outlined">
        {text.errorsOf}
      </Button>
      {acts.map((act) => (
        <Button key={act} variant={act === 'resolve' ? 'contained' : 'outlined'} onClick={() => setOpen(act)}>
          {text.acts[act]}
        </Button>
      ))}
      {Dialog === undefined ? null : <Dialog pattern={pattern} close={() => setOpen(undefined)} />}
    </Stack>
  );
}

function Merged({ into }: { readonly into: string }) {
  const text = useText(patternTexts);
  return (
    <Alert
      severity="info"
      variant="outlined"
      sx={{ m: 2, color: 'text.primary' }}
      action={
        <Button component={Link} to={`/log-patterns/${encodeURIComponent(into)}/show`} size="small">
          {text.toMerged}
        </Button>
      }
    >
      {text.mergedInto}
    </Alert>
  );
}
