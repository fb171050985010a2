import { useEffect, useRef } from 'preact/hooks';
import type { Deposit } from '../api/contract.ts';
import { useShell } from '../shell/shell.ts';
import type { Texts } from '../text/id.ts';
import { countdownText, markPassed } from '../time/countdown.ts';

/** From here on it is said by colour, too. */
const urgentSeconds = 60;

interface CountdownBarProps {
  readonly deposit: Deposit;
  readonly seconds: number;
}

/** The time that is left, for the eye each second, for the ear at a few marks. */
export function CountdownBar({ deposit, seconds }: CountdownBarProps) {
  const { texts, announce, moment } = useShell();
  const before = useRef(seconds);
  useEffect(() => {
    const mark = markPassed(before.current, seconds);
    before.current = seconds;
    if (mark !== undefined) announce(spokenLeft(mark, texts));
  }, [seconds]);
  // Deadlines are rounded up to a second: nobody is promised 30:01.
  const whole = Math.floor((Date.parse(deposit.expiresAt) - Date.parse(deposit.createdAt)) / 1000);
  const left = Math.min(seconds, whole);
  return (
    <div class={seconds <= urgentSeconds ? 'countdown countdown-urgent' : 'countdown'}>
      <p>
        <span class="label">{texts.pay.left}</span>{' '}
        <strong role="timer" aria-live="off">
          {countdownText(left)}
        </strong>
      </p>
      <div class="track" aria-hidden="true">
        <div class="track-left" style={{ transform: `scaleX(${left / whole})` }} />
      </div>
      <p class="quiet">
        {texts.pay.before} <time dateTime={deposit.expiresAt}>{moment(deposit.expiresAt)}</time>
      </p>
    </div>
  );
}

function spokenLeft(seconds: number, { pay }: Texts): string {
  if (seconds < 60) return pay.secondsLeft(seconds);
  return seconds < 3600 ? pay.minutesLeft(seconds / 60) : pay.hoursLeft(seconds / 3600);
}
