/**
 * Takes personal data and secrets out of texts, and leaves typed placeholders: `<email>`, `<phone>`, `<card>`, `<nik>`, `<password>`, `<secret>`,
 * `<token>`, `<jwt>`, `<aws-key>`, `<api-key>`, `<private-key>`, `<cookie>`, and those of own rules.
 *
 * Most texts hold nothing that could be either, which one pass tells (`suspicious`). Every expression takes time in proportion to the text: it
 * begins where no run of its characters goes on from before, and repeats a bounded number of times.
 */
import { LineMemory } from '../patterns/line-memory.ts';
import { isCardNumber, isNik } from './numbers.ts';
import { type OwnRule, ownRuleExpression } from './own-rules.ts';

export type Redact = (text: string) => string;

interface Rule {
  readonly expression: RegExp;
  readonly replace: (found: string, ...groups: string[]) => string;
}

/** A byte or word that a rule needs. Whatever a rule below can find, this finds something of, in the line where it begins. */
const suspicious =
  /@|eyJ|A(?:KI|SI|RO|ID)A|\d(?:[ .()-]{0,2}\d){9}|:\/\/[^\s/]*:|bearer|basic|pass|pwd|secret|token|key|auth|cookie|gh[opsu]_|xox|sk_|AIza|cred|\b(?:pin|otp|cvv|cvc)\b/i;

/** Values that say nothing of a secret, and words that follow `password:` in a sentence. */
const harmless =
  /^(?:null|nil|none|true|false|undefined|n\/a|\*+|x{3,}|<[^>]*>|\[?(?:redacted|filtered|masked|hidden)\]?|required|missing|invalid|expired|incorrect|wrong|empty|revoked|mismatch|rejected|failed|ok|not|is|was|must|has|cannot|should|for|and|or|the|too)$/i;

const secretKey = String.raw`(?:pass(?:word|wd|phrase|code)|pwd|kata[_-]?sandi)`;
const tokenKey = String.raw`(?:(?:access|refresh|auth|id|csrf|xsrf|session|bearer)[_-]?token|token|session[_-]?id|jsessionid|phpsessid|sid|authorization)`;
const otherKey = String.raw`(?:(?:client|app|api|shared|signing|webhook)[_-]?secret|secret(?:[_-]?(?:access)?[_-]?key)?|(?:api|access|private|server|client|encryption|license)[_-]?key|credentials?|(?<![a-z])(?:pin|otp|cvv2?|cvc))`;
const keyed = (key: string): RegExp =>
  new RegExp(
    // The key with its closing quote, the sign, and a value: in quotes (escaped ones, where JSON stands inside of a text), or up to a delimiter.
    String.raw`(${key}(?:\\?["'])?(?:[ \t]{0,4}=[ \t]{0,4}|[ \t]{0,4}:[ \t]{0,4}))(\\"(?:[^"\\]|\\[^"]){1,512}|"(?:[^"\\\n]|\\[^\n]){1,512}|'(?:[^'\\\n]|\\[^\n]){1,512}|[^\s"'&,;)}\]\\]{1,512})`,
    'gi',
  );

const rules: readonly Rule[] = [
  {
    expression: /-----BEGIN [A-Z ]{0,32}PRIVATE KEY-----[^-]{0,16384}(?:-----END [A-Z ]{0,32}PRIVATE KEY-----)?/g,
    replace: () => '<private-key>',
  },
  { expression: /(?<![\w-])eyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*){0,3}/g, replace: () => '<jwt>' },
  { expression: /(?<![A-Z\d])A(?:KI|SI|RO|ID)A[A-Z\d]{16}(?![A-Z\d])/g, replace: () => '<aws-key>' },
  {
    expression:
      /(?<![\w-])(?:gh[opsu]_\w{30,255}|github_pat_\w{30,255}|xox[abprs]-[\w-]{10,255}|[sr]k_(?:live|test)_\w{16,255}|AIza[\w-]{35})(?![\w-])/g,
    replace: () => '<api-key>',
  },
  { expression: /(:\/\/[^\s:/@?#]{0,256}):([^\s/@]{1,256})@/g, replace: (_, before = '') => `${before}:<password>@` },
  {
    expression: /\b((?:set-)?cookie"?[ \t]{0,4}:[ \t]{0,4}"?)(?=[^\s"=;]{1,128}=)[^\n"]{1,4096}/gi,
    replace: (_, before = '') => `${before}<cookie>`,
  },
  {
    // A word that names the scheme is not its token: there is a digit or a sign in one.
    expression: /\b(bearer|basic)([ \t]{1,4})(?=[a-z_~+/-]{0,512}[\d.=])[\w.~+/-]{8,8192}={0,2}/gi,
    replace: (_, scheme = '', blank = '') => `${scheme}${blank}<token>`,
  },
  { expression: keyed(secretKey), replace: (found, key = '', value = '') => keyedValue({ found, key, value, placeholder: '<password>' }) },
  { expression: keyed(tokenKey), replace: (found, key = '', value = '') => keyedValue({ found, key, value, placeholder: '<token>' }) },
  { expression: keyed(otherKey), replace: (found, key = '', value = '') => keyedValue({ found, key, value, placeholder: '<secret>' }) },
  {
    // Not the parts of names that have an @ in them: pictures (`icon@2x.png`), units (`user@1000.service`), files of packages.
    expression:
      /(?<![\w.%+$-])[\w.%+-]{1,64}@(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.){1,8}(?!(?:png|jpe?g|gif|svg|webp|ico|[cm]?js|jsx|tsx?|css|map|jar|so|py|rb|go|java|php|html?|json|xml|ya?ml|log|txt|service|socket|slice|scope|timer|mount|target|local)(?![a-z\d-]))[a-z]{2,24}(?![a-z\d-])/gi,
    replace: () => '<email>',
  },
  {
    expression: /(?<![\w.+-])(?:\+?62[ .-]?|0)8[1235789]\d[ .-]?\d{3,4}[ .-]?\d{3,5}(?![\w-]|\.\d)/g,
    replace: () => '<phone>',
  },
  { expression: /(?<![\w+])\+[1-9](?:[ .()-]{0,2}\d){9,14}(?!\w)/g, replace: () => '<phone>' },
  { expression: /(?<!\w)\(0[1-9]\d{1,2}\)[ -]?\d{3,4}[ -]?\d{3,5}(?!\w)/g, replace: () => '<phone>' },
  // A negative number is none (`blk_-1608…`, `balance=-4111…`).
  {
    expression: /(?<![\w.])(?<!(?<![A-Za-z\d])-)\d{13,19}(?!\w|\.\d)/g,
    replace: (found) => (isCardNumber(found) ? '<card>' : isNik(found) ? '<nik>' : found),
  },
  {
    expression: /(?<![\w-])(?:\d{4}([ -])\d{4}\1\d{4}\1\d{4}|3[47]\d\d([ -])\d{6}\2\d{5})(?![\w-])/g,
    replace: (found) => (isCardNumber(found.replace(/[ -]/g, '')) ? '<card>' : found),
  },
];

/** A redaction with own rules behind the built-in ones. */
export function redactor(ownRules: readonly OwnRule[] = []): Redact {
  const own = ownRules.map((rule) => ({ expression: ownRuleExpression(rule), replace: () => `<${rule.name}>` }));
  return (text) => {
    const known = isSuspicious(text) ? applied(rules, text) : text;
    return applied(own, known);
  };
}

/** What a line needs to be suspicious does not depend on which digits it has, and stacks consist of the same few lines with other ones. */
const lines = new LineMemory((line) => suspicious.test(line));

function isSuspicious(text: string): boolean {
  for (let start = 0; start < text.length; start = lines.end + 1) {
    const known = lines.read(text, start);
    if (known ?? suspicious.test(text.slice(start, lines.end))) return true;
  }
  return false;
}

export const redact = redactor();

function applied(some: readonly Rule[], text: string): string {
  let clean = text;
  for (const { expression, replace } of some) clean = clean.replace(expression, replace);
  return clean;
}

interface KeyedValue {
  readonly found: string;
  readonly key: string;
  readonly value: string;
  readonly placeholder: string;
}

function keyedValue({ found, key, value, placeholder }: KeyedValue): string {
  const quote = /^(?:\\"|["'])/.exec(value)?.[0] ?? '';
  const bare = value.slice(quote.length);
  if (bare === '' || harmless.test(bare.trim())) return found;
  // `token: the session has ended` is a sentence; a value behind a colon and a blank has a digit or a sign, or stands in quotes.
  const isSentence = quote === '' && /[:][ \t]+$/.test(key) && /^[a-z]+[.!?]?$/i.test(bare);
  return isSentence ? found : `${key}${quote}${placeholder}`;
}
