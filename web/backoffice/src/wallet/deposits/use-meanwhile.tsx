import { Alert } from '@mui/material';
import { type ReactNode, useState } from 'react';
import { asProblem } from '../../shell/api/problem.ts';
import { useApi } from '../../shell/desk-context.ts';
import { useFormat, useText } from '../../shell/use-text.ts';
import { type DepositDetail, readDeposit } from './deposit-source.ts';
import { depositTexts } from './text.ts';

type Event = DepositDetail['timeline'][number];

interface Meanwhile {
  /** Sends a decision; if somebody else was faster, finds out what they decided before it is refused. */
  readonly guard: (send: () => Promise<unknown>) => Promise<unknown>;
  /** What they decided, and when. */
  readonly note: ReactNode;
}

const lost: ReadonlySet<string | undefined> = new Set(['deposits.decided-meanwhile', 'deposits.nothing-to-decide']);

export function useMeanwhile(depositId: string): Meanwhile {
  const api = useApi();
  const text = useText(depositTexts);
  const format = useFormat();
  const [last, setLast] = useState<Event>();
  return {
    async guard(send) {
      try {
        return await send();
      } catch (error) {
        if (lost.has(asProblem(error).code)) {
          const { timeline } = await readDeposit(api, depositId);
          setLast(timeline.findLast(({ actor }) => actor.startsWith('staff:')));
        }
        throw error;
      }
    },
    note:
      last === undefined ? null : (
        <Alert severity="info" variant="outlined" sx={{ color: 'text.primary' }}>
          {text.meanwhile(format.moment(last.at), [last.actorName ?? last.actor, last.detail].filter((part) => part !== null).join(' · '))}
        </Alert>
      ),
  };
}
