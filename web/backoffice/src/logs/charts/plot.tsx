/**
 * Bars over time. This is the only file that loads the charts' library, so it is loaded where something is drawn.
 */
import { useTheme } from '@mui/material';
import { Bar, BarChart, CartesianGrid, Legend, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { useFormat, useLanguage } from '../../shell/use-text.ts';
import { type Series, type SeriesTable, stepText } from './series.ts';

export interface PlotProps extends SeriesTable {
  /** Opens what a step counted. */
  readonly open?: ((at: string) => void) | undefined;
}

const plotHeight = 260;

/** Told apart without telling red from green; each 3:1 on its paper. */
const palettes = {
  light: ['#1d4ed8', '#b45309', '#0f766e', '#9333ea', '#be123c', '#4b5563'],
  dark: ['#93b4ff', '#fdba74', '#5eead4', '#d8b4fe', '#fda4af', '#aeb8ca'],
} as const;

/** Levels are told apart by how dark they are, too: the theme's own red and orange are one colour to many eyes. */
const tones = {
  light: { warning: '#d97706', error: '#7f1d1d' },
  dark: { warning: '#fcd34d', error: '#f87171' },
} as const;

/** Not for screen readers: a table stands beside it. */
export default function Plot({ step, series, steps, open }: PlotProps) {
  const { palette } = useTheme();
  const format = useFormat();
  const language = useLanguage();
  const colorOf = ({ tone }: Series, at: number): string =>
    tone === undefined ? (palettes[palette.mode][at % palettes.light.length] ?? palette.text.primary) : tones[palette.mode][tone];
  const rows = steps.map(({ at, counts }) => Object.assign({ at }, counts));
  const timeOf = (at: unknown): string => stepText(String(at), step, language);
  const axis = { stroke: palette.text.secondary, tick: { fill: palette.text.secondary, fontSize: 12 } };
  const paper = {
    background: palette.background.paper,
    border: `1px solid ${palette.divider}`,
    borderRadius: 8,
    color: palette.text.primary,
  };
  return (
    <ResponsiveContainer width="100%" height={plotHeight}>
      <BarChart
        data={rows}
        accessibilityLayer={false}
        margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
        onClick={({ activeLabel }) => {
          if (open !== undefined && activeLabel !== undefined) open(String(activeLabel));
        }}
        style={{ cursor: open === undefined ? 'default' : 'pointer' }}
      >
        <CartesianGrid vertical={false} stroke={palette.divider} />
        <XAxis dataKey="at" tickFormatter={timeOf} minTickGap={32} {...axis} />
        <YAxis allowDecimals={false} width={56} tickFormatter={(count: number) => format.count(count)} {...axis} />
        <Tooltip
          labelFormatter={timeOf}
          formatter={(count) => format.count(Number(count))}
          contentStyle={paper}
          cursor={{ fill: palette.action.hover }}
        />
        {series.length > 1 ? <Legend formatter={(label: string) => <span style={{ color: palette.text.primary }}>{label}</span>} /> : null}
        {series.map((one, at) => (
          <Bar key={one.name} dataKey={one.name} name={one.label} stackId="all" fill={colorOf(one, at)} isAnimationActive={false} />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}
