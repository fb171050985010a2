/**
 * The range API of Have I Been Pwned: five characters of a SHA-1 go out, all hashes that begin with them come back (k-anonymity), padded
 * so that not even their number tells. https://haveibeenpwned.com/API/v3#PwnedPasswords
 */
import { createHash } from 'node:crypto';
import { log } from '#shared/platform/log.ts';
import type { BreachList } from './breach-list.ts';

const timeoutMs = 1_500;
const prefixCharacters = 5;
/** A padded answer has at most about 1,000 lines of 45 characters. */
const answerCharactersMax = 256_000;

/** The part of `fetch` that is needed. */
type Ask = (
  url: string,
  init: { readonly headers: Record<string, string>; readonly signal: AbortSignal },
) => Promise<Pick<Response, 'ok' | 'status' | 'text'>>;

/** `url` is the part before `/range/…`; `ask` is the machine's `fetch`. */
export function hibpBreachList(url: string, ask: Ask): BreachList {
  return {
    async knows(password) {
      const hash = createHash('sha1').update(password).digest('hex').toUpperCase();
      try {
        const suffixes = await readRange(`${url}/range/${hash.slice(0, prefixCharacters)}`, ask);
        return suffixes.has(hash.slice(prefixCharacters));
      } catch (error) {
        log.warn('The list of breached passwords was not asked', { error: error as Error });
        return false;
      }
    },
  };
}

/** Lines are `suffix:count`; padding has a count of zero. */
async function readRange(url: string, ask: Ask): Promise<ReadonlySet<string>> {
  const answer = await ask(url, { headers: { 'add-padding': 'true' }, signal: AbortSignal.timeout(timeoutMs) });
  if (!answer.ok) throw new Error(`The list answered ${answer.status}`);
  const lines = (await answer.text()).slice(0, answerCharactersMax).split('\n');
  return new Set(lines.map((line) => line.trim().split(':')).flatMap(([suffix, count]) => (suffix && Number(count) > 0 ? [suffix] : [])));
}
