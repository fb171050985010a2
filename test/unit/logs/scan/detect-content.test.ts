import { randomBytes } from 'node:crypto';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectContent, detectionBytes } from '#shared/logs/scan/detect-content.ts';

const detect = (content: string | Buffer) => {
  const bytes = Buffer.from(content as string);
  return detectContent(bytes, bytes.length);
};
const line = '2026-03-01 00:00:00 ERROR something is wrong\n';
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();

describe('text', () => {
  it.each([
    ['ASCII', line],
    ['UTF-8 of any script', 'ошибка 支払い エラー ล้มเหลว 💸\n'.repeat(20)],
    ['latin1', Buffer.from('caf\xe9 \xfcber stra\xdfe \xa9\n'.repeat(20), 'latin1')],
    ['broken UTF-8', Buffer.concat([Buffer.from(line), Buffer.of(0xc3, 0x28, 0xff, 0xfe, 0x80), Buffer.from(line)])],
    ['one in an encoding of East Asia', Buffer.from('\x83G\x83\x89\x81[ \x94\xad\x90\xb6\n'.repeat(20), 'latin1')],
    ['colours and tabs', '\u001b[31mERROR\u001b[0m\tboom\r\n'.repeat(20)],
    ['zeros inside', Buffer.from(`${line}\0\0\0\0\0\0\0\0${line}`)],
    ['FIX messages', '8=FIX.4.4\u00019=112\u000135=A\u000149=SHOP\u000110=062\u0001\n'.repeat(20)],
    ['zeros where it was truncated, then lines', Buffer.concat([Buffer.alloc(5_001), Buffer.from(line.repeat(3))])],
    ['more zeros than are looked at', Buffer.alloc(detectionBytes)],
    ['a word that some archive begins with', 'BZhang logged in\n'],
    ['one byte', 'x'],
  ])('is recognised: %s', (_, content) => {
    expect(detect(content)).toEqual({ kind: 'text', encoding: 'utf-8', bomBytes: 0, compression: 'none' });
  });

  it('in UTF-8 with a mark has one of three bytes', () => {
    expect(detect(`\u{feff}${line}`)).toEqual({ kind: 'text', encoding: 'utf-8', bomBytes: 3, compression: 'none' });
  });

  it('in UTF-16 is recognised with and without a mark', () => {
    const marked = `\u{feff}${line}`;
    expect(detect(Buffer.from(marked, 'utf16le'))).toMatchObject({ kind: 'text', encoding: 'utf-16le', bomBytes: 2 });
    expect(detect(utf16be(marked))).toMatchObject({ kind: 'text', encoding: 'utf-16be', bomBytes: 2 });
    expect(detect(Buffer.from(line, 'utf16le'))).toMatchObject({ kind: 'text', encoding: 'utf-16le', bomBytes: 0 });
    expect(detect(utf16be(`${line}gagal 支払い\n`))).toMatchObject({ kind: 'text', encoding: 'utf-16be', bomBytes: 0 });
    expect(detect(Buffer.concat([Buffer.alloc(5_000), utf16be(line)]))).toMatchObject({ kind: 'text', encoding: 'utf-16be' });
  });

  it('of printable bytes is never taken for binary, whatever they are', () => {
    const printable = fc.array(
      fc.integer({ min: 0x20, max: 0xff }).filter((byte) => byte !== 0x7f),
      { minLength: 1, maxLength: 500 },
    );
    fc.assert(
      fc.property(printable, (bytes) => {
        const content = Buffer.concat([Buffer.from('log: '), Buffer.from(bytes)]);
        expect(detect(content).kind).toBe('text');
      }),
    );
  });
});

describe('binary content', () => {
  it.each([
    ['random bytes', randomBytes(4_096)],
    ['all bytes', Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))],
    ['zeros', Buffer.alloc(1_000)],
    ['a ZIP file', Buffer.from('PK\x03\x04\x14\0\0\0\x08\0 mostly text in here, as in an office document', 'latin1')],
    ['a PNG image', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1')],
    ['an ELF program', Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01', 'latin1'), Buffer.alloc(60)])],
    [
      'a tar archive of text',
      Buffer.concat([Buffer.from('a.log'), Buffer.alloc(252), Buffer.from('ustar\0'), Buffer.alloc(249), Buffer.from(line.repeat(40))]),
    ],
    [
      'UTF-32',
      Buffer.concat([Buffer.of(0xff, 0xfe, 0, 0), Buffer.from(Array.from(line, (letter) => [letter.charCodeAt(0), 0, 0, 0]).flat())]),
    ],
  ])('is recognised: %s', (_, content) => {
    expect(detect(content).kind).toBe('binary');
  });
});

it('is told by the bytes when it is compressed', () => {
  expect(detect(gzipSync(line))).toMatchObject({ kind: 'text', compression: 'gzip' });
  expect(detect(zstdCompressSync(line))).toMatchObject({ kind: 'text', compression: 'zstd' });
  expect(detect(Buffer.of(0x50, 0x2a, 0x4d, 0x18, 1, 0, 0, 0, 7))).toMatchObject({ compression: 'zstd' });
});

it('is empty without a byte', () => {
  expect(detect('')).toMatchObject({ kind: 'empty', compression: 'none' });
});
