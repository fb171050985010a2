import { Chip } from '@mui/material';
import { useText } from '../../shell/use-text.ts';
import type { Run } from './run-source.ts';
import { runTexts } from './text.ts';

/** Whether all of it fits, something differs, or nothing could be compared. */
export function RunChip({ run: { state, findings } }: { readonly run: Pick<Run, 'state' | 'findings'> }) {
  const { results } = useText(runTexts);
  if (state === 'failed') return <Chip size="small" variant="outlined" color="error" label={results.failed} />;
  if (findings === 0) return <Chip size="small" variant="outlined" color="success" label={results.same} />;
  return <Chip size="small" variant="outlined" color="warning" label={results.differs} />;
}
