import { Chip } from '@mui/material';
import { useText } from '../../shell/use-text.ts';
import type { Exception } from './exception-source.ts';
import { exceptionTexts } from './text.ts';

export function ExceptionChip({ state }: Pick<Exception, 'state'>) {
  const { states } = useText(exceptionTexts);
  return <Chip size="small" variant="outlined" color={state === 'open' ? 'warning' : 'success'} label={states[state]} />;
}
