/**
 * Filters of JSONPath: `[?(@.count > 1 && @.kind == 'a')]`. Comparisons, existence, and, or, not; regular expressions, `in` and its
 * like are refused.
 */
import type { Scanner } from './scanner.ts';

/** Whether to keep an element; `root` is what `$` means inside. */
export type Filter = (element: unknown, root: unknown) => boolean;

/** Reads the rest of a path after `@` or `$`; what comes back finds its first value from a start. */
export type PathReader = (scanner: Scanner) => (start: unknown, root: unknown) => unknown;

type Operand = (element: unknown, root: unknown) => unknown;

const comparisons: Readonly<Record<string, (left: unknown, right: unknown) => boolean>> = {
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '<=': (left, right) => ordered(left, right, (order) => order <= 0),
  '>=': (left, right) => ordered(left, right, (order) => order >= 0),
  '<': (left, right) => ordered(left, right, (order) => order < 0),
  '>': (left, right) => ordered(left, right, (order) => order > 0),
};

/** Reads `(…)` after the question mark. */
export function parseFilter(scanner: Scanner, readPath: PathReader): Filter {
  scanner.space();
  scanner.expect('(');
  const filter = either(scanner, readPath);
  scanner.space();
  scanner.expect(')');
  return filter;
}

function either(scanner: Scanner, readPath: PathReader): Filter {
  const filters = [both(scanner, readPath)];
  for (scanner.space(); scanner.take('||'); scanner.space()) filters.push(both(scanner, readPath));
  return (element, root) => filters.some((filter) => filter(element, root));
}

function both(scanner: Scanner, readPath: PathReader): Filter {
  const filters = [single(scanner, readPath)];
  for (scanner.space(); scanner.take('&&'); scanner.space()) filters.push(single(scanner, readPath));
  return (element, root) => filters.every((filter) => filter(element, root));
}

function single(scanner: Scanner, readPath: PathReader): Filter {
  scanner.space();
  if (scanner.take('!')) {
    const filter = single(scanner, readPath);
    return (element, root) => !filter(element, root);
  }
  if (scanner.at('(')) return parseFilter(scanner, readPath);
  const left = operand(scanner, readPath);
  scanner.space();
  const operator = scanner.match(/[=!<>]=|[<>]/y);
  if (operator === undefined) return (element, root) => left(element, root) !== undefined;
  const compare = comparisons[operator] ?? scanner.fail(`no comparison ${operator}`);
  scanner.space();
  const right = operand(scanner, readPath);
  return (element, root) => compare(left(element, root), right(element, root));
}

function operand(scanner: Scanner, readPath: PathReader): Operand {
  if (scanner.take('@')) return readPath(scanner);
  if (scanner.take('$')) {
    const find = readPath(scanner);
    return (_element, root) => find(root, root);
  }
  if (scanner.at("'") || scanner.at('"')) return constant(scanner.quoted());
  const word = scanner.match(/(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/y);
  return word === undefined ? scanner.fail('a path or a value is missing') : constant(JSON.parse(word));
}

function constant(value: unknown): Operand {
  return () => value;
}

/** Only numbers and texts have an order, and only among themselves. */
function ordered(left: unknown, right: unknown, holds: (order: number) => boolean): boolean {
  if (typeof left === 'number' && typeof right === 'number') return holds(left - right);
  return typeof left === 'string' && typeof right === 'string' && holds(left === right ? 0 : left < right ? -1 : 1);
}
