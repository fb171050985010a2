/**
 * A rule as its form has it, and as the API takes it. Pure.
 */
import type { AlertKind, AlertRule, ChannelKind } from './rule-source.ts';

export interface RuleDraft {
  readonly name: string;
  readonly kinds: ReadonlySet<AlertKind>;
  readonly countPerHourMin: string;
  readonly level: '' | 'error' | 'fatal';
  readonly service: string;
  readonly text: string;
  readonly filePrefix: string;
  /** `keep`: where a rule goes already; its address is shown to nobody, so it cannot be sent back. */
  readonly channel: ChannelKind | 'keep';
  readonly url: string;
  readonly to: string;
}

const emailsMax = 10;

export const newDraft: RuleDraft = {
  name: '',
  kinds: new Set<AlertKind>(['new', 'regressed']),
  countPerHourMin: '',
  level: '',
  service: '',
  text: '',
  filePrefix: '',
  channel: 'slack',
  url: '',
  to: '',
};

export function draftOf({ name, kinds, filter, countPerHourMin }: AlertRule): RuleDraft {
  return {
    ...newDraft,
    name,
    kinds: new Set(kinds),
    countPerHourMin: countPerHourMin === null ? '' : String(countPerHourMin),
    level: filter.level ?? '',
    service: filter.service ?? '',
    text: filter.text ?? '',
    filePrefix: filter.filePrefix ?? '',
    channel: 'keep',
  };
}

type WantedChannel = { kind: 'slack'; url: string } | { kind: 'webhook'; url: string } | { kind: 'sns' } | { kind: 'email'; to: string[] };

export interface WantedRule {
  name: string;
  kinds: AlertKind[];
  countPerHourMin: number | null;
  filter: { level: 'error' | 'fatal' | null; service: string | null; text: string | null; filePrefix: string | null };
}

/** The draft without its channel; undefined while something is missing. */
export function ruleOf({ name, kinds, countPerHourMin, level, service, text, filePrefix }: RuleDraft): WantedRule | undefined {
  const count = countPerHourMin === '' ? null : Number(countPerHourMin);
  const isCounted = !kinds.has('volume') || (count !== null && count > 0);
  if (name.trim() === '' || kinds.size === 0 || !isCounted) return undefined;
  return {
    name: name.trim(),
    kinds: [...kinds],
    countPerHourMin: kinds.has('volume') ? count : null,
    filter: { level: level === '' ? null : level, service: orNull(service), text: orNull(text), filePrefix: orNull(filePrefix) },
  };
}

/** Null for one that stays; undefined while its address is missing. */
export function channelOf({ channel, url, to }: RuleDraft): WantedChannel | null | undefined {
  if (channel === 'keep') return null;
  if (channel === 'sns') return { kind: 'sns' };
  if (channel !== 'email') return URL.canParse(url.trim()) ? { kind: channel, url: url.trim() } : undefined;
  const addresses = to
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '');
  const areAddresses = addresses.length > 0 && addresses.length <= emailsMax && addresses.every((address) => address.includes('@'));
  return areAddresses ? { kind: 'email', to: addresses } : undefined;
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
