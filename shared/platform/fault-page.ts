/**
 * `docs/faults.md`: every code the API can answer, from the catalogues themselves.
 */
import type { FaultCatalogue, FaultDefinition } from './fault.ts';
import { httpOfKind } from './http/problem.ts';

/** The page as Markdown. Catalogues in the order given, codes in the order declared. */
export function faultPage(catalogues: readonly { readonly title: string; readonly catalogue: FaultCatalogue }[]): string {
  const sections = catalogues.map(({ title, catalogue }) => [`## ${title}`, '', ...tableOf(catalogue)].join('\n'));
  return `${[opening, ...sections].join('\n\n')}\n`;
}

const opening = `# Faults

Every error answer of a function is a problem document (RFC 9457, \`application/problem+json\`) with a stable \`code\`, a \`detail\` that may be shown, and
the \`requestId\` to quote. \`errors\`, where present, names each wrong value by a pointer: into the body, or below \`/query\` or \`/path\`.
Anything not listed here is a bug on our side and answers 500 with the code \`internal\` and no detail. What the gateway refuses before a
function is asked has a \`message\` alone: 401 without a valid token, 403 for a role that may not pass, 404 for an unknown path, 429 for too
many requests. This page is generated.`;

function tableOf(catalogue: FaultCatalogue): string[] {
  const rows = [['code', 'status', 'what it says', 'what to do'], ...Object.entries(catalogue).map(cellsOf)];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const [head = '', ...rest] = rows.map((cells) => lineOf(cells.map((cell, column) => cell.padEnd(widths[column] ?? 0))));
  return [head, lineOf(widths.map((width) => '-'.repeat(width))), ...rest, ...extensionsOf(catalogue)];
}

/** What problem documents of some faults tell besides, one line each. */
function extensionsOf(catalogue: FaultCatalogue): string[] {
  const lines = Object.entries(catalogue).flatMap(([code, { extension }]) =>
    extension === undefined ? [] : [`- \`${code}\` has a further member \`${extension.name}\`. ${extension.description}`],
  );
  return lines.length === 0 ? [] : ['', ...lines];
}

const cellsOf = ([code, { kind, publicMessage, remedy }]: [string, FaultDefinition]): string[] => [
  `\`${code}\``,
  String(httpOfKind[kind].status),
  publicMessage,
  remedy,
];

const lineOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
