import { describe, expect, it } from 'vitest';
import { seededChance } from '#test/fakes/chance.ts';
import { sampleRecord } from '#test/fakes/log-samples.ts';
import type { Chance } from '#shared/platform/chance.ts';
import { templateOf } from '#shared/logs/patterns/record-template.ts';
import { ownRulesOf } from '#shared/logs/redaction/own-rules.ts';
import { redactRecord } from '#shared/logs/redaction/redact-record.ts';
import { redact, redactor } from '#shared/logs/redaction/redact.ts';
import { timed } from '../linear-time.ts';
import { harmless, sensitive } from './corpus.ts';

/** How often the time allowed is taken by a text of this form; below 1 is in proportion. */
function shareOfTime(textOf: (size: number) => string, run: (text: string) => unknown): number {
  const text = textOf(60_000);
  const { ms, msMax } = timed(text, () => run(text));
  return ms / msMax;
}

const digits = (chance: Chance, count: number): string => Array.from({ length: count }, () => Math.floor(chance.fraction() * 10)).join('');

describe('redaction', () => {
  it.each(sensitive)('leaves a placeholder: %s', (text, redacted) => {
    expect(redact(text)).toBe(redacted);
  });

  it.each(harmless)('lets through: %s', (text) => {
    expect(redact(text)).toBe(text);
  });

  it('finds the same in the middle of a long text, over several lines', () => {
    const long = 'order accepted in due time\n'.repeat(200);
    for (const [text, redacted] of sensitive) expect(redact(`${long}${text}\n${long}`)).toBe(`${long}${redacted}\n${long}`);
  });

  it('changes nothing that it has redacted', () => {
    for (const [text] of sensitive) expect(redact(redact(text))).toBe(redact(text));
  });

  it('takes fewer than 1 of 25 numbers of 16 digits for a card or an identity number: 2.7 % and 1.4 % at most, where the check digit alone has 10 %', () => {
    const chance = seededChance(5);
    const count = 20_000;
    const taken = Array.from({ length: count }, () => redact(`id ${1 + Math.floor(chance.fraction() * 9)}${digits(chance, 15)} failed`));
    const share = (placeholder: string): number => taken.filter((text) => text.includes(placeholder)).length / count;
    expect(share('<card>')).toBeLessThan(0.027);
    expect(share('<nik>')).toBeLessThan(0.014);
    expect(share('<card>') + share('<nik>')).toBeLessThan(1 / 25);
  });

  it('takes none of the numbers, ids and times of other forms for anything', () => {
    const chance = seededChance(6);
    const others = Array.from(
      { length: 20_000 },
      () =>
        `job 1${digits(chance, 4)} of 2${digits(chance, 8)} at 2026-11-${digits(chance, 2)} took ${digits(chance, 4)} ms, ` +
        `id a${digits(chance, 16)} blk_-${1 + Math.floor(chance.fraction() * 9)}${digits(chance, 18)}`,
    );
    expect(others.filter((text) => redact(text) !== text)).toEqual([]);
  });

  it('takes time in proportion to the text, whatever the text', () => {
    const pieces = [
      'a',
      '@',
      '1',
      ' ',
      '-',
      '.',
      'eyJ',
      'eyJ-',
      '://',
      ':',
      'password=',
      'password="',
      'token: ',
      'bearer ',
      '\\"',
      '(0',
      '+1',
      'a.',
      '0812',
      'cookie: ',
      '=',
    ];
    const mixed = [
      ['a@', 'a.'],
      ['1 ', '2-'],
      ['eyJa.', 'eyJ-'],
      ['secret="', '\\'],
    ] as const;
    for (const piece of pieces)
      expect(
        shareOfTime((size) => piece.repeat(size / piece.length), redact),
        piece,
      ).toBeLessThan(1);
    for (const [one, other] of mixed)
      expect(
        shareOfTime((size) => (one.repeat(size / 20) + other.repeat(size / 20)).repeat(4), redact),
        one,
      ).toBeLessThan(1);
  });

  it('is the record itself that comes back where there is nothing to redact', () => {
    const record = sampleRecord({ stack: 'at a.B.c(B.java:1)' });
    expect(redactRecord(redact, record)).toBe(record);
    const redacted = redactRecord(redact, {
      ...record,
      message: 'to ani@example.com',
      stack: 'password=x',
      logger: 'mail.ani@example.com',
    });
    expect(redacted).toMatchObject({ message: 'to <email>', stack: 'password=<password>', logger: '<email>' });
  });

  it('never shows in a template: what was redacted is variable', () => {
    for (const [text] of sensitive) {
      const { template } = templateOf({ message: `it failed for ${redact(text)}`, stack: null });
      expect(template).not.toMatch(/<(?!\*>)[a-z-]+>/);
    }
    const template = (message: string) => templateOf({ message: redact(message), stack: null });
    expect(template('mail to ani@example.com bounced')).toEqual(template('mail to budi@example.org bounced'));
    expect(template('mail to ani@example.com bounced').template).toBe('mail to <*> bounced');
  });
});

describe('own rules', () => {
  const own = redactor(ownRulesOf('member=MBR-######## voucher=VC*'));

  it('redact what looks like their masks, and only whole words of it', () => {
    expect(own('MBR-12345678 used VCLEBARAN_7, ani@example.com')).toBe('<member> used <voucher>, <email>');
    expect(own('XMBR-12345678 MBR-123456789 MBR-1234567')).toBe('XMBR-12345678 MBR-123456789 MBR-1234567');
  });

  it('take signs for themselves', () => {
    const [mask] = ['a.(b)+[c]#'];
    expect(redactor(ownRulesOf(`odd=${mask}`))('a.(b)+[c]7 axbc7')).toBe('<odd> axbc7');
  });

  it.each(['member', 'Member=MB#', 'm=*', 'm=a*', 'm=ab**', `m=${'a'.repeat(200)}`])('are refused when they are none: %s', (text) => {
    expect(() => ownRulesOf(text)).toThrow(/name|mask|must|invalid|too_big|Too|One/i);
  });

  it('take time in proportion to the text', () => {
    for (const piece of ['MBR-', 'VC', 'VCa', 'VC-', 'MBR-1'])
      expect(
        shareOfTime((size) => piece.repeat(size / piece.length), own),
        piece,
      ).toBeLessThan(1);
  });
});
