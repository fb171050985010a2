/**
 * What one message alone tells to be variable.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { phraseOf, templateText } from '#shared/logs/patterns/leaf.ts';
import { MessageTokens, messageBytesMax, tokensMax } from '#shared/logs/patterns/message-tokens.ts';

const tokens = new MessageTokens();

function maskedOf(message: string): string {
  const bytes = Buffer.from(message);
  tokens.read(bytes, 0, bytes.length);
  return templateText(phraseOf(tokens));
}

describe('a message by itself', () => {
  it.each([
    ['order 17 is -3.5 or +4', 'order <*> is <*> or <*>'],
    ['served in 705ms, 95% of 12', 'served in <*>, <*>% of <*>'],
    ['free 874.3 KB of 1.2 GB, 5 B', 'free <*> of <*>, <*>'],
    ['from 10.0.0.1:5070 to /10.0.0.2', 'from <*>:<*> to /<*>'],
    ['via 00:11:43:e3:ba:c3 and fe80:0:0:0:1:2:3:4', 'via <*> and <*>'],
    ['open /etc/httpd/conf/a.conf and C:\\Windows\\x1.dll', 'open <*> and C:<*>'],
    ['GET https://acme.test/a?b=1, then hdfs://x', 'GET https://<*>, then hdfs://<*>'],
    ['id 0x7fed806eb5d, 9f4ef63, b9000564-fe1a-409b-b8cc-1e88b294cd1d', 'id <*>, <*>, <*>'],
    ['commit abcdefab of decade, facade1 and a1bcdefa', 'commit <*> of decade, facade1 and <*>'],
    ['block blk_-38865 part-00347 rdd_42_32 core.2275', 'block blk_<*> part-<*> rdd_<*> core.<*>'],
    ['ssh2 jk2_init() eth0 utf8', 'ssh2 jk2_init() eth0 utf8'],
    ['U1234 v1.2.3 x7Fh3kd9', 'U<*> v<*> <*>'],
    ['at Wed Jul 27 10:59:53 2005, since Sat Sep 17', 'at <*>:<*>:<*>, since <*>'],
    ['a=true b: false, null is a word', 'a=<*> b: <*>, null is a word'],
    ["can't find child 'x'", "can't find child 'x'"],
    ['mail from ann@acme.test bounced', 'mail from <*> bounced'],
    ['done. 12. end...', 'done. <*>. end...'],
    ['total of 3  errors ', 'total of <*>  errors'],
    ['héllo wörld 12', 'héllo wörld <*>'],
    ['', ''],
  ])('%s', (message, expected) => {
    expect(maskedOf(message)).toBe(expected);
  });

  it('is looked at up to a bound, and cut between words', () => {
    expect(maskedOf('word '.repeat(1_000))).toBe(`${'word '.repeat(tokensMax).trim()} <*>`);
    const long = maskedOf(`${'x'.repeat(messageBytesMax - 10)} ${'tail '.repeat(10)}`);
    expect(long).toBe(`${'x'.repeat(messageBytesMax - 10)} tail tail <*>`);
  });

  it('loses no literal of a message without digits, joints and blanks of its own', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{6,9}$/), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(words, (some) => {
        expect(maskedOf(some.join(' '))).toBe(some.join(' '));
      }),
    );
  });

  it('can be any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        tokens.read(bytes, 0, bytes.length);
        expect(tokens.count).toBeLessThanOrEqual(tokensMax + 8);
        for (let i = 0; i < tokens.count; i += 1) expect(tokens.ends[i]).toBeGreaterThanOrEqual(tokens.starts[i]!);
      }),
    );
  });
});
