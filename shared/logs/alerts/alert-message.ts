/**
 * What an alert says, and where its link leads. The same words on every channel.
 */
import type { Alert } from './alert.ts';

export interface AlertMessage {
  /** One line. */
  readonly headline: string;
  /** Lines below it, as name and value. */
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  /** Opens the list of exactly those errors in the backoffice: of the pattern, in the file or in the hour. */
  readonly link: string;
  /** Opens the pattern, to decide about it; null for an alert about several. */
  readonly patternLink: string | null;
}

const templateCharactersMax = 300;

/** `origin`: the backoffice's, without a slash at its end. */
export function messageOf(alert: Alert, origin: string): AlertMessage {
  const facts = [
    ...(alert.template === null ? [] : [{ name: 'Pattern', value: alert.template.slice(0, templateCharactersMax) }]),
    ...(alert.services.length === 0 ? [] : [{ name: 'Services', value: alert.services.join(', ') }]),
    ...(alert.hour === null ? [] : [{ name: 'Hour', value: `${alert.hour.slice(0, 16).replace('T', ' ')} UTC` }]),
    ...(alert.total === null ? [] : [{ name: 'Seen', value: `${alert.count} of ${alert.total} in all` }]),
    ...(alert.file === null ? [] : [{ name: 'File', value: alert.file.key }]),
    { name: 'Rule', value: alert.ruleName },
  ];
  return { headline: headlineOf(alert), facts, link: linkOf(alert, origin), patternLink: patternLinkOf(alert, origin) };
}

function headlineOf({ kind, level, count, expected }: Alert): string {
  const times = count === 1 ? 'once' : `${count} times`;
  switch (kind) {
    case 'new':
      return `New ${level}, seen ${times}`;
    case 'regressed':
      return `Back after it was resolved: ${level}, seen ${times}`;
    case 'mute-ended':
      return `Seen as often as its mute allowed: ${level}`;
    case 'spike':
      return `Spike: ${level} ${times} in an hour, ${Math.round(expected ?? 0)} expected`;
    case 'volume':
      return `Many: ${level} ${times} in an hour`;
    case 'more':
      return `${count} more alerts from one file`;
    case 'test':
      return 'Test of an alert rule: nothing has happened';
    default:
      return kind satisfies never;
  }
}

/** Pages of the backoffice have their address behind `#`, filters included. */
function linkOf({ patternId, file, hour }: Alert, origin: string): string {
  if (file === null) return `${origin}/#/log-alert-rules`;
  if (patternId === null) return `${origin}/#/log-patterns?${new URLSearchParams({ file: file.id }).toString()}`;
  const place: [string, string][] =
    hour === null
      ? [['file', file.id]]
      : [
          ['window', 'custom'],
          ['from', hour],
          ['to', endOfHour(hour)],
        ];
  return `${origin}/#/log-errors?${new URLSearchParams([['pattern', patternId], ...place]).toString()}`;
}

const patternLinkOf = ({ patternId }: Alert, origin: string): string | null =>
  patternId === null ? null : `${origin}/#/log-patterns/${encodeURIComponent(patternId)}/show`;

const endOfHour = (hour: string): string => new Date(Date.parse(hour) + 3_600_000 - 1).toISOString();
