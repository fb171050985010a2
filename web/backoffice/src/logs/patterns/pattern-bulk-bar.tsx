import { Button, List, ListItem, MenuItem, Stack, TextField, Typography } from '@mui/material';
import { useState } from 'react';
import { answer } from '../../shell/api/client.ts';
import { DecisionDialog } from '../../shell/decision-dialog.tsx';
import { useApi } from '../../shell/desk-context.ts';
import type { RowSelection } from '../../shell/list/use-selection.ts';
import { shellTexts } from '../../shell/text/texts.ts';
import { useFormat, useText } from '../../shell/use-text.ts';
import { TemplateText } from '../template-text.tsx';
import { decidePattern } from './decide-pattern.ts';
import type { Pattern } from './pattern-source.ts';
import { patternTexts } from './text.ts';

/** The API's own limit of one merge, the one that is merged into beside. */
const mergedAtOnceMax = 11;

interface PatternBulkBarProps {
  readonly selection: RowSelection<Pattern>;
}

/** What can be done with the patterns that were picked; nothing while none is. */
export function PatternBulkBar({ selection }: PatternBulkBarProps) {
  const { bulk: text } = useText(patternTexts);
  const { lists } = useText(shellTexts);
  const format = useFormat();
  const [open, setOpen] = useState<'resolve' | 'merge'>();
  const { rows } = selection;
  const close = (): void => setOpen(undefined);
  const done = (): void => selection.clear();
  const count = format.count(rows.length);
  if (rows.length === 0) return null;
  return (
    <Stack direction="row" sx={{ px: 2, py: 1, gap: 1, flexWrap: 'wrap', alignItems: 'center', borderBottom: 1, borderColor: 'divider' }}>
      <Typography role="status" sx={{ flex: '1 1 160px' }}>
        {lists.selected(count)}
      </Typography>
      <Button onClick={selection.clear}>{lists.unselect}</Button>
      <Button variant="outlined" disabled={rows.length < 2 || rows.length > mergedAtOnceMax} onClick={() => setOpen('merge')}>
        {text.merge(count)}
      </Button>
      <Button variant="contained" onClick={() => setOpen('resolve')}>
        {text.resolve(count)}
      </Button>
      {open === 'resolve' ? <BulkResolveDialog patterns={rows} done={done} close={close} /> : null}
      {open === 'merge' ? <BulkMergeDialog patterns={rows} done={done} close={close} /> : null}
    </Stack>
  );
}

interface BulkDialogProps {
  readonly patterns: readonly Pattern[];
  readonly done: () => void;
  readonly close: () => void;
}

/** One after the other, each as it was shown: one that somebody else has just decided about is refused, and those behind it wait. */
function BulkResolveDialog({ patterns, done, close }: BulkDialogProps) {
  const api = useApi();
  const { bulk: text, resolve } = useText(patternTexts);
  const format = useFormat();
  const [named] = useState(patterns);
  const decide = async (): Promise<void> => {
    for (const pattern of named) await decidePattern(api, pattern, { kind: 'resolve', inVersion: null, fixedAt: null });
    done();
  };
  const count = format.count(named.length);
  return (
    <DecisionDialog
      title={text.resolveTitle(count)}
      explanation={resolve.explanation}
      confirm={text.resolve(count)}
      decide={decide}
      done={text.done(count)}
      close={close}
    >
      <Named patterns={named} label={text.resolveTitle(count)} />
    </DecisionDialog>
  );
}

function BulkMergeDialog({ patterns, done, close }: BulkDialogProps) {
  const api = useApi();
  const { bulk: text, merge } = useText(patternTexts);
  const format = useFormat();
  // The one that is best known stays, unless one says otherwise.
  const [named] = useState(() => patterns.toSorted((a, b) => b.total - a.total));
  const [into, setInto] = useState(named[0]?.id ?? '');
  const count = format.count(named.length);
  const decide = async (): Promise<void> => {
    const others = named.map(({ id }) => id).filter((id) => id !== into);
    const params = { path: { patternId: into } };
    await answer(api.POST('/api/admin/logs/patterns/{patternId}/merges', { params, body: { patterns: others } }));
    done();
  };
  return (
    <DecisionDialog
      title={text.mergeTitle(count)}
      explanation={text.mergeText}
      confirm={merge.confirm}
      isDangerous
      decide={decide}
      done={merge.done}
      close={close}
    >
      <TextField select fullWidth margin="dense" label={text.into} value={into} onChange={({ target }) => setInto(target.value)}>
        {named.map(({ id, template }) => (
          <MenuItem key={id} value={id} sx={{ whiteSpace: 'normal' }}>
            <TemplateText template={template} />
          </MenuItem>
        ))}
      </TextField>
      <Named patterns={named} label={text.mergeTitle(count)} />
    </DecisionDialog>
  );
}

/** It scrolls by itself, so the keyboard has to reach it. */
function Named({ patterns, label }: { readonly patterns: readonly Pattern[]; readonly label: string }) {
  const format = useFormat();
  return (
    <List
      dense
      disablePadding
      tabIndex={0}
      aria-label={label}
      sx={{ maxHeight: 280, overflowY: 'auto', border: 1, borderColor: 'divider', borderRadius: 1 }}
    >
      {patterns.map(({ id, template, total }) => (
        <ListItem key={id} divider sx={{ justifyContent: 'space-between', gap: 2, px: 1 }}>
          <TemplateText template={template} />
          <Typography variant="body2">{format.count(total)}</Typography>
        </ListItem>
      ))}
    </List>
  );
}
