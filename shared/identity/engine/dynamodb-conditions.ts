/**
 * better-auth's `where` as a DynamoDB condition or filter.
 */
import type { CleanedWhere } from 'better-auth/adapters';

/** Names and values that an expression stands for; one set a request. */
export function placeholders() {
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  return {
    name(field: string): string {
      const key = `#n${Object.keys(names).length}`;
      names[key] = field;
      return key;
    },
    value(value: unknown): string {
      const key = `:v${Object.keys(values).length}`;
      values[key] = value;
      return key;
    },
    /** DynamoDB refuses empty ones. */
    attributes: () => ({
      ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
      ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
    }),
  };
}
export type Placeholders = ReturnType<typeof placeholders>;

/** All clauses hold; undefined without any. Throws for what this adapter does not do. */
export function conditionOf(where: readonly CleanedWhere[], holders: Placeholders): string | undefined {
  const parts = where.map((clause) => clauseText(clause, holders));
  return parts.length > 0 ? parts.join(' AND ') : undefined;
}

/** What is asked of the database and is not provided for: a mistake in the code, not in the data. */
export class UnsupportedQuery extends Error {
  override readonly name = 'UnsupportedQuery';
}

/** Better to fail than to answer with what was not asked for: a letter's case and alternatives are no matter of identity. */
function clauseText(clause: CleanedWhere, holders: Placeholders): string {
  if (clause.connector === 'OR') throw new UnsupportedQuery(`OR on ${clause.field}`);
  if (clause.mode === 'insensitive') throw new UnsupportedQuery(`Insensitive comparison of ${clause.field}`);
  if (clause.operator === 'in' || clause.operator === 'not_in') return listText(clause, holders);
  return plainText(clause, holders);
}

const comparisons: Readonly<Record<string, string>> = { eq: '=', ne: '<>', lt: '<', lte: '<=', gt: '>', gte: '>=' };
const functions: Readonly<Record<string, string>> = { contains: 'contains', starts_with: 'begins_with' };

function plainText({ field, operator, value }: CleanedWhere, holders: Placeholders): string {
  const name = holders.name(field);
  const comparison = comparisons[operator];
  if (value === null && operator === 'eq') return `(attribute_not_exists(${name}) OR ${name} = ${holders.value(null)})`;
  if (value === null && operator === 'ne') return `(attribute_exists(${name}) AND ${name} <> ${holders.value(null)})`;
  if (comparison !== undefined) return `${name} ${comparison} ${holders.value(value)}`;
  const called = functions[operator];
  if (called === undefined) throw new UnsupportedQuery(`${operator} on ${field}`);
  return `${called}(${name}, ${holders.value(value)})`;
}

function listText({ field, operator, value }: CleanedWhere, holders: Placeholders): string {
  if (!Array.isArray(value) || value.length === 0) throw new UnsupportedQuery(`${operator} of nothing on ${field}`);
  const name = holders.name(field);
  const listed = `${name} IN (${value.map((one) => holders.value(one)).join(', ')})`;
  return operator === 'in' ? listed : `(NOT ${listed})`;
}
