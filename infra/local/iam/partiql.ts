/** What a PartiQL statement does to which table; DynamoDB allows one table a statement. */
export interface PartiqlTarget {
  readonly verb: 'Select' | 'Insert' | 'Update' | 'Delete';
  readonly table: string;
  readonly index: string | undefined;
}

const name = String.raw`(?:"([^"]+)"|([A-Za-z0-9_.-]+?))(?:\."([^"]+)")?(?=[\s;({\[]|$)`;
/** Text in single quotes may hold anything, the word FROM included. */
const quoted = /'(?:[^']|'')*'/g;

const forms: readonly (readonly [PartiqlTarget['verb'], RegExp])[] = [
  ['Select', new RegExp(String.raw`^\s*SELECT\s[^]*?\sFROM\s+${name}`, 'i')],
  ['Insert', new RegExp(String.raw`^\s*INSERT\s+INTO\s+${name}`, 'i')],
  ['Update', new RegExp(String.raw`^\s*UPDATE\s+${name}`, 'i')],
  ['Delete', new RegExp(String.raw`^\s*DELETE\s+FROM\s+${name}`, 'i')],
  ['Select', new RegExp(String.raw`^\s*EXISTS\s*\(\s*SELECT\s[^]*?\sFROM\s+${name}`, 'i')],
];

/** Undefined when the statement has none of the forms that are understood. */
export function partiqlTarget(statement: string): PartiqlTarget | undefined {
  const bare = statement.replaceAll(quoted, "''");
  for (const [verb, form] of forms) {
    const [, quotedTable, plainTable, index] = form.exec(bare) ?? [];
    const table = quotedTable ?? plainTable;
    if (table !== undefined) return { verb, table, index };
  }
  return undefined;
}
