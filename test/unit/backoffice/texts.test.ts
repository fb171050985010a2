import { describe, expect, it } from 'vitest';
import { changesOf, streamOf } from '../../../web/backoffice/src/audit/changes.ts';
import { deviceOf } from '../../../web/backoffice/src/identity/account/device.ts';
import { fileName, firstLine } from '../../../web/backoffice/src/logs/file-state.ts';
import { formatOf } from '../../../web/backoffice/src/shell/format.ts';
import { deskI18nProvider } from '../../../web/backoffice/src/shell/i18n-provider.ts';
import { raEnglish } from '../../../web/backoffice/src/shell/text/ra-en.ts';
import { raIndonesian } from '../../../web/backoffice/src/shell/text/ra-id.ts';

describe("react-admin's own texts", () => {
  const leaves = (book: object, prefix = ''): [key: string, text: string][] =>
    Object.entries(book).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value] as [string, string]] : leaves(value as object, `${prefix}${key}.`),
    );

  it('are there in both languages, with the same blanks to fill in', () => {
    const blanks = (text: string): string[] => [...new Set(text.match(/%\{\w+\}/g))].toSorted();
    const english = new Map(leaves(raEnglish));
    const indonesian = new Map(leaves(raIndonesian));
    expect([...indonesian.keys()].toSorted()).toEqual([...english.keys()].toSorted());
    expect(english.size).toBeGreaterThan(160);
    for (const [key, text] of english) {
      // A language without plurals says one form with its number, where English has one without.
      if (text.includes('||||')) continue;
      expect([key, blanks(indonesian.get(key) ?? '')]).toEqual([key, blanks(text)]);
    }
  });

  it('are found by key, filled in and put into the plural; a key of nobody is shown as it was meant', async () => {
    const provider = deskI18nProvider('en');
    expect(provider.translate('ra.navigation.page', { page: 3 })).toBe('Go to page 3');
    expect(provider.translate('ra.action.bulk_actions', { smart_count: 2 })).toBe('2 items selected');
    expect(provider.translate('ra.notification.created', { smart_count: 1 })).toBe('Element created');
    expect(provider.translate('Status', { _: 'Status' })).toBe('Status');
    expect(provider.translate('ra.constructor.name')).toBe('ra.constructor.name');
    await provider.changeLocale('id');
    expect(provider.translate('ra.action.bulk_actions', { smart_count: 1 })).toBe('1 dipilih');
  });
});

describe('figures', () => {
  const indonesian = formatOf('id', 'Asia/Jakarta');
  const now = Date.UTC(2026, 10, 21, 12);

  it('are written as the language writes them', () => {
    expect([indonesian.count(1_234_567), formatOf('en').count(1_234_567)]).toEqual(['1.234.567', '1,234,567']);
    expect(indonesian.bytes(1_500_000)).toBe('1,5 MB');
    expect([5, 65, 600].map((seconds) => indonesian.countdown(seconds))).toEqual(['0:05', '1:05', '10:00']);
  });

  it('tell times ago for a week, and dates before and after', () => {
    const at = (minutesAgo: number): string => new Date(now - minutesAgo * 60_000).toISOString();
    expect(indonesian.since(at(3), now)).toBe('3 menit yang lalu');
    expect([indonesian.isRecent(at(60), now), indonesian.isRecent(at(60 * 24 * 30), now)]).toEqual([true, false]);
    expect(indonesian.since(at(60 * 24 * 30), now)).toBe('22 Okt 2026');
  });
});

describe('what a decision changed', () => {
  it('comes before what it left as it was, with what was not there before', () => {
    expect(changesOf({ handle: 'sari', status: 'basic' }, { handle: 'sari', status: 'banned', until: null })).toEqual([
      { name: 'status', before: 'basic', after: 'banned', isChanged: true },
      { name: 'until', before: undefined, after: 'null', isChanged: true },
      { name: 'handle', before: 'sari', after: 'sari', isChanged: false },
    ]);
    expect(changesOf(null, null)).toEqual([]);
  });

  it('belongs to the stream that its id names', () => {
    expect(streamOf('member:123/7')).toBe('member:123');
  });
});

describe('names', () => {
  it('of devices are those that browsers do not only claim', () => {
    expect(deviceOf('Mozilla/5.0 (Windows NT 10.0) Chrome/142.0 Safari/537.36 Edg/142.0')).toBe('Edge, Windows');
    expect(deviceOf('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Mobile Safari/604.1')).toBe('Safari, iOS');
    expect(deviceOf('curl/8.5.0')).toBeUndefined();
  });

  it('of files leave out what an upload put before them, and an error is named by its first line', () => {
    expect([fileName('uploads/upl_0mwr0123b05nlh7keezp69-kasir.log'), fileName('a/b.log')]).toEqual(['kasir.log', 'b.log']);
    expect(firstLine({ message: '\n  ', stack: 'Error: x\n at y' })).toBe('Error: x');
  });
});
