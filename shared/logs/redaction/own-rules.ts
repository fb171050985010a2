/**
 * Redaction rules of whoever runs the system: what its own ids look like. They are masks and not expressions, so that no rule can be slow.
 */
import * as z from 'zod';

/** Rules, and characters of a mask. */
const rulesMax = 32;
const maskCharactersMax = 128;

/**
 * `#` stands for a digit, `?` for a letter or digit, `*` for up to 64 letters, digits, `_` and `-`; everything else for itself. Found where neither letter
 * nor digit stands before or behind.
 */
const ownRuleSchema = z.object({
  /** Of the placeholder. */
  name: z.string().regex(/^[a-z][a-z\d-]{0,31}$/),
  mask: z
    .string()
    .min(3)
    .max(maskCharactersMax)
    .refine((mask) => (mask.match(/\*/g) ?? []).length <= 1, 'One * at most')
    .refine((mask) => /^[^*]{2}/.test(mask), 'It must begin with two characters that are no *'),
});
export type OwnRule = z.infer<typeof ownRuleSchema>;

/** Reads `name=mask` pairs, separated by blanks, such as `member=MBR-######## voucher=VC*`; `off` is none. Throws with what is wrong. */
export function ownRulesOf(text: string): OwnRule[] {
  const pairs = text === 'off' ? [] : text.split(/\s+/).filter((pair) => pair !== '');
  const rules = pairs.map((pair) => ({ name: pair.slice(0, Math.max(0, pair.indexOf('='))), mask: pair.slice(pair.indexOf('=') + 1) }));
  return z.array(ownRuleSchema).max(rulesMax).parse(rules);
}

const classes: Readonly<Record<string, string>> = { '#': String.raw`\d`, '?': String.raw`[A-Za-z\d]`, '*': String.raw`[\w-]{1,64}` };

export function ownRuleExpression({ mask }: OwnRule): RegExp {
  const escaped = mask.replace(/[#?*\\^$.+()[\]{}|/]/g, (sign) => classes[sign] ?? `\\${sign}`);
  return new RegExp(String.raw`(?<![A-Za-z\d])${escaped}(?![A-Za-z\d])`, 'g');
}
