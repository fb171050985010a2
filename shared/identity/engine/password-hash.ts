/**
 * Passwords at rest: argon2id in PHC strings, which carry their own parameters, so that these can be raised without a migration.
 */
import { argon2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { Chance } from '#shared/platform/chance.ts';

/** Hashes passwords. What takes the time: about 50 ms of a core and 19 MiB each. */
export interface PasswordHasher {
  /** A PHC string. */
  hash(password: string): Promise<string>;
  /** False for a wrong password, and for a text that is no hash of ours. */
  verify(password: string, phc: string): Promise<boolean>;
  /** True for a hash that was made with other parameters than a new one would be. */
  outdated(phc: string): boolean;
  /** What no password opens, of today's parameters: verifying against it takes as long as against a real one. */
  readonly unknown: string;
}

interface Parameters {
  readonly memoryKib: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** OWASP's first choice for argon2id (Password Storage Cheat Sheet): 19 MiB, two passes, one lane. */
const today: Parameters = { memoryKib: 19_456, passes: 2, parallelism: 1 };
const version = 19;
const bytes = { salt: 16, tag: 32 } as const;
/** A hash that asks for more was not made here, and is not worth the memory. */
const memoryKibMax = 262_144;

const deriveKey = promisify(argon2);
const phcPattern = /^\$argon2id\$v=(\d+)\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

export function argon2Hasher(chance: Chance): PasswordHasher {
  return {
    unknown: phcOf(today, Buffer.alloc(bytes.salt), Buffer.alloc(bytes.tag)),
    async hash(password) {
      const salt = Buffer.from(chance.bytes(bytes.salt));
      return phcOf(today, salt, await tagOf(password, { ...today, salt, tagBytes: bytes.tag }));
    },
    async verify(password, phc) {
      const parsed = parsePhc(phc);
      if (parsed === undefined) return false;
      const { tag, ...rest } = parsed;
      return timingSafeEqual(await tagOf(password, { ...rest, tagBytes: tag.length }), tag);
    },
    outdated(phc) {
      const parsed = parsePhc(phc);
      return parsed === undefined || (Object.keys(today) as (keyof Parameters)[]).some((name) => parsed[name] !== today[name]);
    },
  };
}

/** The same letters typed on different keyboards are the same password (NIST SP 800-63B, 3.1.1.2). */
const normal = (password: string): Buffer => Buffer.from(password.normalize('NFKC'));

async function tagOf(password: string, options: Parameters & { salt: Buffer; tagBytes: number }): Promise<Buffer> {
  const { memoryKib, passes, parallelism, salt, tagBytes } = options;
  return deriveKey('argon2id', { message: normal(password), nonce: salt, memory: memoryKib, passes, parallelism, tagLength: tagBytes });
}

function phcOf({ memoryKib, passes, parallelism }: Parameters, salt: Buffer, tag: Buffer): string {
  return `$argon2id$v=${version}$m=${memoryKib},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(tag)}`;
}

function parsePhc(phc: string): (Parameters & { salt: Buffer; tag: Buffer }) | undefined {
  const [, madeWith, memoryKib, passes, parallelism, salt = '', tag = ''] = phcPattern.exec(phc) ?? [];
  if (Number(madeWith) !== version || Number(memoryKib) > memoryKibMax) return undefined;
  return {
    memoryKib: Number(memoryKib),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  };
}

const unpadded = (some: Buffer): string => some.toString('base64').replaceAll('=', '');
