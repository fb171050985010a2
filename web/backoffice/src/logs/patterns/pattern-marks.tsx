import { Chip, Stack } from '@mui/material';
import { useText } from '../../shell/use-text.ts';
import type { Pattern } from './pattern-source.ts';
import { patternTexts } from './text.ts';

const stateColors = { open: 'default', assigned: 'info', resolved: 'success', muted: 'default' } as const;
const flagColors = { new: 'info', regressed: 'error', spiking: 'warning' } as const;

export function StateChip({ state }: Pick<Pattern, 'state'>) {
  const { states } = useText(patternTexts);
  return <Chip size="small" variant="outlined" color={stateColors[state]} label={states[state]} />;
}

export function PatternLevelChip({ level }: Pick<Pattern, 'level'>) {
  const { levels } = useText(patternTexts);
  return <Chip size="small" variant="outlined" color={level === 'fatal' ? 'error' : 'warning'} label={levels[level]} />;
}

/** Level, and what is special about it: filled, so that it is seen among all the outlines. */
export function Marks({ level, flags }: Pick<Pattern, 'level' | 'flags'>) {
  const { flags: names } = useText(patternTexts);
  return (
    <Stack component="span" direction="row" sx={{ gap: 0.5, flexWrap: 'wrap' }}>
      <PatternLevelChip level={level} />
      {(['new', 'regressed', 'spiking'] as const).map((flag) =>
        flags[flag] ? <Chip key={flag} size="small" color={flagColors[flag]} label={names[flag]} /> : null,
      )}
    </Stack>
  );
}
