import { ToggleButton, ToggleButtonGroup } from '@mui/material';
import { useState } from 'react';
import { useDesk } from '../../shell/desk-context.ts';
import { writeAddress } from '../../shell/list/filters.ts';
import { useText } from '../../shell/use-text.ts';
import { SeriesView } from '../charts/series-view.tsx';
import type { PatternDetail } from './pattern-source.ts';
import { patternTexts } from './text.ts';

const hourMs = 3_600_000;
const spanMs = { hour: hourMs, day: 24 * hourMs } as const;

/** How often a pattern was seen in the last 24 hours and the last 30 days. */
export function PatternPast({ pattern }: { readonly pattern: PatternDetail }) {
  const { past: text } = useText(patternTexts);
  const { now } = useDesk();
  const [step, setStep] = useState<'hour' | 'day'>('day');
  const thisHourMs = Math.floor(now() / hourMs) * hourMs;
  const hourAt = (at: number): string => new Date(thisHourMs - (pattern.hours.length - 1 - at) * hourMs).toISOString();
  const steps =
    step === 'hour'
      ? pattern.hours.map((count, at) => ({ at: hourAt(at), counts: { count } }))
      : pattern.days.map(({ day, count }) => ({ at: `${day}T00:00:00.000Z`, counts: { count } }));
  const addressOf = (at: string): string => {
    const to = new Date(Date.parse(at) + spanMs[step] - 1).toISOString();
    return `/log-errors${writeAddress({ values: { pattern: pattern.id, window: 'custom', from: at, to } })}`;
  };
  return (
    <SeriesView
      title={text.title}
      timeLabel={step === 'hour' ? text.hour : text.day}
      step={step}
      series={[{ name: 'count', label: text.count }]}
      steps={steps}
      addressOf={addressOf}
      controls={
        <ToggleButtonGroup
          exclusive
          size="small"
          value={step}
          aria-label={text.range}
          onChange={(_, next: 'hour' | 'day' | null) => setStep(next ?? step)}
        >
          <ToggleButton value="hour">{text.hours}</ToggleButton>
          <ToggleButton value="day">{text.days}</ToggleButton>
        </ToggleButtonGroup>
      }
    />
  );
}
