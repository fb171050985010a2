import { Alert, Box, Button, Checkbox, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { useState } from 'react';
import { useNavigate } from 'react-admin';
import { answer } from '../../shell/api/client.ts';
import { DecisionDialog } from '../../shell/decision-dialog.tsx';
import { useApi, useMay } from '../../shell/desk-context.ts';
import { Moment } from '../../shell/moment.tsx';
import { shellTexts } from '../../shell/text/texts.ts';
import { useFormat, useText } from '../../shell/use-text.ts';
import { TemplateText } from '../template-text.tsx';
import type { PatternDetail } from './pattern-source.ts';
import { patternTexts } from './text.ts';

/** The shapes of messages that a pattern counts as one, and a way to take some of them out of it. */
export function PatternFingerprints({ pattern }: { readonly pattern: PatternDetail }) {
  const { split: text, acts } = useText(patternTexts);
  const may = useMay();
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [isOpen, setOpen] = useState(false);
  const { fingerprints } = pattern;
  const mayPick = may('logs:decide') && pattern.mergedInto === null && fingerprints.length > 1;
  const pick = (id: string): void =>
    setPicked((before) => new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id]));
  // One has to stay behind.
  const isReady = picked.size > 0 && picked.size < fingerprints.length;
  return (
    <Box sx={{ p: 2 }}>
      <Typography variant="h2">{text.title}</Typography>
      <Typography color="textSecondary" sx={{ my: 1 }}>
        {fingerprints.length > 1 ? text.explanation : text.only}
      </Typography>
      {pattern.byHand ? (
        <Alert severity="info" variant="outlined" sx={{ my: 1, color: 'text.primary' }}>
          {text.byHand}
        </Alert>
      ) : null}
      <FingerprintTable pattern={pattern} picked={picked} {...(mayPick && { pick })} />
      {mayPick ? (
        <Button variant="outlined" disabled={!isReady} onClick={() => setOpen(true)} sx={{ mt: 2 }}>
          {acts.split}
        </Button>
      ) : null}
      {isOpen ? <SplitDialog pattern={pattern} fingerprints={[...picked]} close={() => setOpen(false)} /> : null}
    </Box>
  );
}

interface FingerprintTableProps {
  readonly pattern: PatternDetail;
  readonly picked: ReadonlySet<string>;
  readonly pick?: (id: string) => void;
}

function FingerprintTable({ pattern: { fingerprints }, picked, pick }: FingerprintTableProps) {
  const { split: text } = useText(patternTexts);
  const { lists } = useText(shellTexts);
  const format = useFormat();
  return (
    <Table size="small" aria-label={text.title}>
      <TableHead>
        <TableRow>
          <TableCell>{text.columns.template}</TableCell>
          <TableCell align="right">{text.columns.total}</TableCell>
          <TableCell sx={{ display: { xs: 'none', sm: 'table-cell' } }}>{text.columns.last}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {fingerprints.map(({ id, template, total, lastSeen }) => (
          <TableRow key={id}>
            <TableCell sx={{ overflowWrap: 'anywhere' }}>
              {pick === undefined ? null : (
                <Checkbox
                  size="small"
                  checked={picked.has(id)}
                  onChange={() => pick(id)}
                  slotProps={{ input: { 'aria-label': lists.select(template) } }}
                  sx={{ p: 0.5, mr: 0.5 }}
                />
              )}
              <TemplateText template={template} />
            </TableCell>
            <TableCell align="right">{format.count(total)}</TableCell>
            <TableCell sx={{ display: { xs: 'none', sm: 'table-cell' } }}>
              <Moment iso={lastSeen} isShort />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

interface SplitDialogProps {
  readonly pattern: PatternDetail;
  readonly fingerprints: readonly string[];
  readonly close: () => void;
}

/** Leads to the new pattern. */
function SplitDialog({ pattern, fingerprints, close }: SplitDialogProps) {
  const api = useApi();
  const { split: text, acts } = useText(patternTexts);
  const format = useFormat();
  const navigate = useNavigate();
  const decide = async (): Promise<void> => {
    const params = { path: { patternId: pattern.id } };
    const body = { fingerprints: [...fingerprints] };
    const { id } = await answer(api.POST('/api/admin/logs/patterns/{patternId}/splits', { params, body }));
    navigate(`/log-patterns/${encodeURIComponent(id)}/show`);
  };
  return (
    <DecisionDialog
      title={text.confirmTitle(format.count(fingerprints.length))}
      explanation={text.confirmText}
      confirm={acts.split}
      decide={decide}
      done={text.done}
      close={close}
    />
  );
}
