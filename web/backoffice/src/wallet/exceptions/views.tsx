import { Tab, Tabs } from '@mui/material';
import { useNavigate } from 'react-admin';
import { useText } from '../../shell/use-text.ts';
import { exceptionTexts } from './text.ts';

const addresses = { open: '/exceptions', resolved: '/exceptions?state=resolved', runs: '/runs' } as const;
type View = keyof typeof addresses;

/** The parts of the reconciliation: what differs, what differed, and the comparisons that found it. */
export function ReconciliationViews({
  shown,
  onState,
}: {
  readonly shown: View;
  readonly onState?: (state: 'resolved' | undefined) => void;
}) {
  const text = useText(exceptionTexts);
  const navigate = useNavigate();
  const show = (view: View): void => {
    // Between the states of exceptions the other filters stay as they are.
    if (view === 'runs' || onState === undefined) navigate(addresses[view]);
    else onState(view === 'resolved' ? view : undefined);
  };
  return (
    <Tabs
      value={shown}
      aria-label={text.views}
      variant="scrollable"
      allowScrollButtonsMobile
      onChange={(_, view: View) => show(view)}
      sx={{ borderBottom: 1, borderColor: 'divider' }}
    >
      <Tab value="open" label={text.states.open} />
      <Tab value="resolved" label={text.states.resolved} />
      <Tab value="runs" label={text.runs} />
    </Tabs>
  );
}
