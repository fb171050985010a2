/**
 * What a decision changed, value by value.
 */
type Values = Readonly<Record<string, unknown>> | null;

export interface Change {
  readonly name: string;
  /** Undefined where the value was not there. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly isChanged: boolean;
}

/** Values of both sides: those that changed first, each part in the order of its names. */
export function changesOf(before: Values, after: Values): Change[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].toSorted();
  const changes = names.map((name) => {
    const [was, is] = [written(before, name), written(after, name)];
    return { name, before: was, after: is, isChanged: was !== is };
  });
  return [...changes.filter(({ isChanged }) => isChanged), ...changes.filter(({ isChanged }) => !isChanged)];
}

/** The stream that a record belongs to: `member:123/7` → `member:123`. */
export function streamOf(recordId: string): string {
  return recordId.slice(0, Math.max(0, recordId.lastIndexOf('/')));
}

function written(values: Values, name: string): string | undefined {
  if (values === null || !Object.hasOwn(values, name)) return undefined;
  const value = values[name];
  return typeof value === 'string' ? value : JSON.stringify(value);
}
