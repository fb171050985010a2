/**
 * Reads environment variables that a function cannot work without. Called once, when the module loads, so that a missing one
 * fails the deployment's first request and not some later branch.
 */
export function requireEnv<const Names extends readonly string[]>(...names: Names): Record<Names[number], string> {
  const missing = names.filter((name) => !process.env[name]);
  if (missing.length > 0) throw new Error(`Environment variables are missing: ${missing.join(', ')}`);
  return Object.fromEntries(names.map((name) => [name, process.env[name]])) as Record<Names[number], string>;
}

/** An environment variable that holds a whole number above zero. */
export function requireCountEnv(name: string): number {
  const value = Number(requireEnv(name)[name]);
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`${name} must be a whole number above zero`);
  return value;
}
