/**
 * Tells how far a long `advance` has got: 40 days with a schedule a minute are 57,600 instants, each of which waits for its function.
 */
import type { StackLog } from '../ports.ts';
import { formatDuration } from './duration.ts';

/** Real time without a word; most advances are over before. */
export const progressEveryMsDefault = 5_000;

export interface AdvanceWay {
  readonly log: StackLog;
  /** Stack time at the beginning and at the end, milliseconds since the epoch. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly now: () => number;
  /** Real time between two lines, in milliseconds. */
  readonly everyMs: number;
}

export interface AdvanceProgress {
  /** One more instant was stopped at. */
  step(): void;
  /** Ends the lines, with a last one if there were any before. */
  end(): void;
}

export function advanceProgress({ log, fromMs, toMs, now, everyMs }: AdvanceWay): AdvanceProgress {
  const startedMs = performance.now();
  const length = formatDuration(toMs - fromMs);
  let instants = 0;
  let isTold = false;
  const tell = (): void => {
    isTold = true;
    const tookMs = performance.now() - startedMs;
    const part = Math.min(Math.max((now() - fromMs) / (toMs - fromMs), 0), 1);
    const left = part > 0 && part < 1 ? `, about ${roughly((tookMs * (1 - part)) / part)} to go` : '';
    const reached = new Date(now()).toISOString().slice(0, 19);
    log.info('clock', `${Math.floor(part * 100)} % of ${length}: ${reached}Z is reached, ${counted(instants)}${left}`);
  };
  const timer = setInterval(tell, everyMs).unref();
  return {
    step: () => void instants++,
    end: () => {
      clearInterval(timer);
      if (!isTold) return;
      const ended = now() >= toMs ? 'moved by' : 'ended on the way of';
      log.info('clock', `${ended} ${length} after ${roughly(performance.now() - startedMs)}: ${counted(instants)}`);
    },
  };
}

const counted = (instants: number): string => `${instants.toLocaleString('en')} ${instants === 1 ? 'instant' : 'instants'}`;

function roughly(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1_000);
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
