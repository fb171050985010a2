/**
 * The small readers and writers of the S3 API: XML, forms, ranges, encodings.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundaryOf, readForm } from '#infra/local/s3/form-data.ts';
import { dueAtMs } from '#infra/local/s3/lifecycle.ts';
import { encodeListed } from '#infra/local/s3/notifications.ts';
import { parseRange } from '#infra/local/s3/range.ts';
import { childrenOf, parseXml, textOf, xmlDocument } from '#infra/local/s3/xml.ts';

describe('XML', () => {
  it('reads back any text it wrote', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', '😀', '&', '<', '>', '"', "'", '\u0000', '\n', ']]>', '&amp;', '&#1;') });
    fc.assert(
      fc.property(fc.array(text), (values) => {
        const root = parseXml(xmlDocument('Root', { Name: values, Gone: undefined, Nested: { Flag: true } }));
        expect(childrenOf(root, 'Name').map((element) => element.text)).toEqual(values);
        expect([textOf(root, 'Gone'), textOf(childrenOf(root, 'Nested')[0]!, 'Flag')]).toEqual([undefined, 'true']);
      }),
    );
  });

  it('reads what clients write', () => {
    const root = parseXml(
      '<?xml version="1.0"?>\n<!-- made by hand -->\n<s3:Delete xmlns:s3="urn:x">\n <Object><Key>a&#x26;b&amp;<![CDATA[<c>]]></Key><Empty/></Object></s3:Delete>\n',
    );
    expect([root.name, textOf(root.children[0]!, 'Key'), textOf(root.children[0]!, 'Empty')]).toEqual(['Delete', 'a&b&<c>', '']);
  });

  it.each([
    '',
    'text',
    '<a>',
    '<a></b>',
    '<a/><b/>',
    '<a>&unknown;</a>',
    '<a>&#xffffffff;</a>',
    '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
    '<a><b><c><d><e><f><g><h><i/></h></g></f></e></d></c></b></a>'.replace('<i/>', '<i><j></j></i>'),
  ])('refuses %j', (source) => {
    expect(() => parseXml(source)).toThrow(expect.objectContaining({ code: 'MalformedXML' }) as Error);
  });
});

describe('forms', () => {
  const form = [
    '--B',
    'Content-Disposition: form-data; name="Key"',
    '',
    'a/${filename}',
    '--B',
    'Content-Disposition: form-data; name="x-amz-meta-ü"',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'two\r\nlines --B',
    '--B',
    'Content-Disposition: form-data; name="file"; filename="it%22s \\"ü\\".txt"',
    'Content-Type: text/plain',
    '',
    'content\r\n--A\r\n-',
    '--B',
    'Content-Disposition: form-data; name="after"',
    '',
    'ignored',
    '--B--',
    '',
  ].join('\r\n');

  it.each([1, 2, 3, 5, 8, 13, 1000])('are read from pieces of %i bytes', async (pieceLength) => {
    const bytes = Buffer.from(form);
    async function* pieces() {
      for (let at = 0; at < bytes.length; at += pieceLength) yield bytes.subarray(at, at + pieceLength);
    }
    const { fields, file } = await readForm(pieces(), 'B');
    expect([...fields]).toEqual([
      ['key', 'a/${filename}'],
      ['x-amz-meta-ü', 'two\r\nlines --B'],
    ]);
    expect(file.name).toBe('it"s "ü".txt');
    let content = '';
    for await (const chunk of file.chunks) content += chunk.toString();
    expect(content).toBe('content\r\n--A\r\n-');
  });

  it('are told by their content type', () => {
    expect(boundaryOf('multipart/form-data; boundary=----x')).toBe('----x');
    expect(boundaryOf('Multipart/Form-Data; charset=utf-8; boundary="a b"')).toBe('a b');
    expect(boundaryOf('application/x-www-form-urlencoded')).toBeUndefined();
    expect(boundaryOf(undefined)).toBeUndefined();
  });
});

describe('ranges', () => {
  it.each([
    ['bytes=0-4', { start: 0, end: 5 }],
    ['bytes=5-', { start: 5, end: 10 }],
    ['bytes=-1', { start: 9, end: 10 }],
    ['bytes=4-2', undefined],
    ['bytes=1-2,3-4', undefined],
    ['items=0-1', undefined],
    [undefined, undefined],
  ])('%s of ten bytes', (header, expected) => {
    expect(parseRange(header, 10)).toEqual(expected);
  });

  it.each(['bytes=-0', 'bytes=10-', 'bytes=99-100'])('%s of ten bytes cannot be satisfied', (header) => {
    expect(() => parseRange(header, 10)).toThrow(expect.objectContaining({ code: 'InvalidRange' }) as Error);
  });
});

it('writes keys in events as S3 does', () => {
  expect(encodeListed('red flower.jpg')).toBe('red+flower.jpg');
  expect(encodeListed('a/b+c(1)é~*_-.')).toBe('a/b%2Bc%281%29%C3%A9%7E*_-.');
});

it('counts days to the midnight behind them', () => {
  const noon = Date.parse('2026-01-01T12:00:00Z');
  expect(new Date(dueAtMs(noon, 1)).toISOString()).toBe('2026-01-03T00:00:00.000Z');
  expect(new Date(dueAtMs(Date.parse('2026-01-01T00:00:00Z'), 1)).toISOString()).toBe('2026-01-02T00:00:00.000Z');
});
