/**
 * Where messages begin, learnt from the lines of a file.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HeaderProfile } from '#shared/logs/patterns/header-profile.ts';
import { LineSample } from '#shared/logs/patterns/line-sample.ts';
import { headerStyles } from './header-styles.ts';

const plain = (line: string) => line.replace('»', '');
const messageOf = (profile: HeaderProfile, line: string) => {
  const bytes = Buffer.from(line);
  return bytes.toString('utf8', profile.messageStart(bytes, 0, bytes.length));
};

describe('the message of a line', () => {
  it.each(Object.entries(headerStyles))('is found behind: %s', (_, lines) => {
    const profile = HeaderProfile.of(lines.map((line) => Buffer.from(plain(line))));
    for (const line of lines) expect(messageOf(profile, plain(line))).toBe(line.slice(line.indexOf('»') + 1));
  });

  it('is found in a file of two formats', () => {
    const lines = [...headerStyles['level, thread, class']!, ...headerStyles['a host per line, programs with dots, spaces and addresses']!];
    const profile = HeaderProfile.of(lines.map((line) => Buffer.from(plain(line))));
    for (const line of lines) expect(messageOf(profile, plain(line))).toBe(line.slice(line.indexOf('»') + 1));
  });

  it('is found among the lines of stack traces, which have no header', () => {
    const events = headerStyles['level, thread, class']!;
    const frames = [
      'java.lang.IllegalStateException: boom',
      '\tat com.acme.Shop.pay(Shop.java:12)',
      '\tat com.acme.Main.main(Main.java:3)',
    ];
    const profile = HeaderProfile.of([...events, ...frames].map((line) => Buffer.from(plain(line))));
    for (const line of events) expect(messageOf(profile, plain(line))).toBe(line.slice(line.indexOf('»') + 1));
    expect(messageOf(profile, frames[0]!)).toBe(frames[0]);
  });

  it('keeps the first word of an event that is the only one of its file', () => {
    const lines = [1, 2, 3].map((n) => `2024-01-15 10:15:3${n} INFO Received order ${n}`);
    const profile = HeaderProfile.of(lines.map((line) => Buffer.from(line)));
    expect(messageOf(profile, lines[0]!)).toBe('Received order 1');
  });

  it('is the same in whatever order the lines were learnt', () => {
    const lines = Object.values(headerStyles).flat().map(plain);
    const inOrder = HeaderProfile.of(lines.map((line) => Buffer.from(line)));
    const messages = lines.map((line) => messageOf(inOrder, line));
    const shuffles = fc.shuffledSubarray(lines, { minLength: lines.length });
    fc.assert(
      fc.property(shuffles, (shuffled) => {
        const profile = HeaderProfile.of(shuffled.map((line) => Buffer.from(line)));
        expect(lines.map((line) => messageOf(profile, line))).toEqual(messages);
      }),
      { numRuns: 15 },
    );
  });

  it('is found in any bytes without reading past the line', () => {
    const profile = HeaderProfile.of(
      Object.values(headerStyles)
        .flat()
        .map((line) => Buffer.from(plain(line))),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(20), (bytes, margin) => {
        const end = Math.max(0, bytes.length - margin);
        const start = profile.messageStart(bytes, 0, end);
        expect(start).toBeGreaterThanOrEqual(0);
        expect(start).toBeLessThanOrEqual(end);
      }),
    );
  });
});

describe('a sample of lines', () => {
  const lines = Array.from({ length: 6_000 }, (_, i) => `${i} ${(i * 7919) % 6007} line`);
  const sampleOf = (some: readonly string[]) => {
    const sample = new LineSample();
    for (const line of some) sample.add(Buffer.from(line), 0, line.length);
    return sample;
  };

  it('is the same however the lines were cut and ordered', () => {
    const whole = sampleOf(lines).lines();
    expect(whole).toHaveLength(1_000);
    fc.assert(
      fc.property(fc.nat(lines.length), fc.boolean(), (cut, backwards) => {
        const [first, second] = [sampleOf(lines.slice(0, cut)), sampleOf(lines.slice(cut).toReversed())];
        const [into, from] = backwards ? [second, first] : [first, second];
        into.merge(from);
        expect(into.lines()).toEqual(whole);
      }),
      { numRuns: 8 },
    );
  });
});
