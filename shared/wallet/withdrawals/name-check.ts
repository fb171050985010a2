/**
 * Whether a bank account is the member's own, as far as names tell. Banks write names in capitals, cut them short and leave titles out; people leave
 * out or shorten what stands in the middle.
 */
export const nameChecks = [
  'same',
  /** One name is a shorter writing of the other. */
  'similar',
  'different',
  /** The bank's name for the holder is not known: this gateway does not tell. */
  'unknown',
] as const;
export type NameCheck = (typeof nameChecks)[number];

/** What the bank's name was held against: what the identity card says, or else what the member says. */
export const checkedNames = ['identity-card', 'statement'] as const;

interface Names {
  /** The holder as the member says, and as the bank says: null where nobody tells. */
  readonly accountName: string;
  readonly holderName: string | null;
  /** On the identity card that staff have approved, if there is one. */
  readonly cardName: string | undefined;
}

interface CheckedName {
  readonly nameCheck: NameCheck;
  readonly checkedAgainst: (typeof checkedNames)[number];
}

/** The card decides where there is one: whoever writes another's name into the form is told from the holder all the same. */
export function checkedNameOf({ accountName, holderName, cardName }: Names): CheckedName {
  return {
    nameCheck: compareNames(cardName ?? accountName, holderName),
    checkedAgainst: cardName === undefined ? 'statement' : 'identity-card',
  };
}

/** Titles that stand before or behind a name and are no part of it. */
const titles = new Set([
  'BAPAK',
  'IBU',
  'SDR',
  'SDRI',
  'DRS',
  'DRA',
  'DR',
  'IR',
  'PROF',
  'H',
  'HJ',
  'SH',
  'SE',
  'ST',
  'MM',
  'MSI',
  'SPD',
  'SKOM',
]);

export function compareNames(one: string, other: string | null): NameCheck {
  if (other === null) return 'unknown';
  const [first, second] = [wordsOf(one), wordsOf(other)];
  if (first.length === 0 || second.length === 0) return 'different';
  if (first.join(' ') === second.join(' ')) return 'same';
  const [shorter, longer] = first.join('').length <= second.join('').length ? [first, second] : [second, first];
  return isShortFor(shorter, longer) ? 'similar' : 'different';
}

function wordsOf(name: string): string[] {
  const words = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toUpperCase()
    .replaceAll(/['’`.]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const proper = words.filter((word) => !titles.has(word));
  return proper.length > 0 ? proper : words;
}

/**
 * Every word of the shorter name stands in the longer one in the same order, whole or as a beginning, and the first word is whole: `M` alone stands
 * for nobody.
 */
function isShortFor(shorter: readonly string[], longer: readonly string[]): boolean {
  if (shorter[0] !== longer[0]) return false;
  let at = 0;
  return shorter.every((word) => {
    const found = longer.findIndex((candidate, place) => place >= at && candidate.startsWith(word));
    at = found + 1;
    return found >= 0;
  });
}
