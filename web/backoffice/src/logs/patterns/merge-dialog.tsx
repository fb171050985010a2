import { FormControl, FormControlLabel, FormLabel, Radio, RadioGroup, TextField, Typography } from '@mui/material';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-admin';
import { Answered } from '../../shell/answered.tsx';
import { answer } from '../../shell/api/client.ts';
import { DecisionDialog } from '../../shell/decision-dialog.tsx';
import { useApi } from '../../shell/desk-context.ts';
import { useFormat, useText } from '../../shell/use-text.ts';
import { TemplateText } from '../template-text.tsx';
import type { Pattern, PatternDetail } from './pattern-source.ts';
import { patternTexts } from './text.ts';

const candidatesMax = 20;
const soughtCharactersMax = 200;

interface MergeDialogProps {
  readonly pattern: PatternDetail;
  readonly close: () => void;
}

/** Picks the pattern that this one goes into, and leads there. */
export function MergeDialog({ pattern, close }: MergeDialogProps) {
  const api = useApi();
  const { merge: text } = useText(patternTexts);
  const navigate = useNavigate();
  const [sought, setSought] = useState('');
  const [into, setInto] = useState('');
  const decide = async (): Promise<void> => {
    const params = { path: { patternId: into } };
    await answer(api.POST('/api/admin/logs/patterns/{patternId}/merges', { params, body: { patterns: [pattern.id] } }));
    navigate(`/log-patterns/${encodeURIComponent(into)}/show`);
  };
  return (
    <DecisionDialog
      title={text.title}
      explanation={text.explanation}
      confirm={text.confirm}
      isDangerous
      isReady={into !== ''}
      decide={decide}
      done={text.done}
      close={close}
    >
      <TextField
        type="search"
        label={text.search}
        value={sought}
        fullWidth
        autoFocus
        margin="dense"
        onChange={({ target }) => {
          setSought(target.value);
          setInto('');
        }}
        slotProps={{ htmlInput: { maxLength: soughtCharactersMax, autoComplete: 'off', spellCheck: false } }}
      />
      <Candidates sought={sought.trim()} except={pattern.id} into={into} pick={setInto} />
    </DecisionDialog>
  );
}

interface CandidatesProps {
  readonly sought: string;
  readonly except: string;
  readonly into: string;
  readonly pick: (id: string) => void;
}

function Candidates({ sought, except, into, pick }: CandidatesProps) {
  const api = useApi();
  const { merge: text } = useText(patternTexts);
  const query = useQuery({
    queryKey: ['log-pattern-candidates', sought],
    queryFn: () => {
      const wanted = { limit: candidatesMax, ...(sought !== '' && { text: sought }) };
      return answer(api.GET('/api/admin/logs/patterns', { params: { query: wanted } }));
    },
    placeholderData: keepPreviousData,
  });
  return (
    <Answered query={query}>
      {({ patterns }) => {
        const others = patterns.filter(({ id }) => id !== except);
        if (others.length === 0) return <Typography>{text.none}</Typography>;
        return (
          <FormControl>
            <FormLabel id="merge-into">{text.found}</FormLabel>
            <RadioGroup aria-labelledby="merge-into" value={into} onChange={({ target }) => pick(target.value)} sx={{ flexWrap: 'nowrap' }}>
              {others.map((pattern) => (
                <FormControlLabel
                  key={pattern.id}
                  value={pattern.id}
                  control={<Radio size="small" />}
                  label={<Candidate pattern={pattern} />}
                />
              ))}
            </RadioGroup>
          </FormControl>
        );
      }}
    </Answered>
  );
}

function Candidate({ pattern }: { readonly pattern: Pattern }) {
  const format = useFormat();
  return (
    <>
      <TemplateText template={pattern.template} />{' '}
      <Typography component="span" variant="body2" color="textSecondary">
        ({format.count(pattern.total)})
      </Typography>
    </>
  );
}
