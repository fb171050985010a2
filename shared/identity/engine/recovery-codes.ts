/**
 * Recovery codes: what lets somebody in who has lost the authenticator app. Each is good once; only their hashes are kept.
 */
import type { Chance } from '#shared/platform/chance.ts';
import { keyedHash } from './identity-keys.ts';

const codesPerSet = 10;
/** 50 bits each: nobody guesses one within the attempts there are. */
const charactersPerCode = 10;
/** Crockford's alphabet: nothing that is mistaken for something else when it is read from paper. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Ten codes as `XXXXX-XXXXX`. */
export function newRecoveryCodes(chance: Chance): string[] {
  return Array.from({ length: codesPerSet }, () => {
    const characters = [...chance.bytes(charactersPerCode)].map((byte) => alphabet[byte % alphabet.length]).join('');
    return `${characters.slice(0, charactersPerCode / 2)}-${characters.slice(charactersPerCode / 2)}`;
  });
}

/** As people type them: in any case, with or without the dash, with O for 0 and I or L for 1. */
function plain(code: string): string {
  return code.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
}

/** Bound to whose it is: the same code of two people has two hashes. */
export const recoveryCodeHash = (key: Buffer, subject: string, code: string): string => keyedHash(key, 'recovery', subject, plain(code));
