import { TemplateError } from './template-error.ts';

/** Who refers to whom among the resources of a stack. */
export interface Dependencies {
  /** `at` is the place of the reference, logical id first. */
  note(at: string, on: string): void;
  /** CloudFormation refuses resources that need each other at deployment, so they must not run here either. */
  refuseCycles(): void;
}

export function dependencyGraph(): Dependencies {
  const edges = new Map<string, Set<string>>();
  return {
    note: (at, on) => {
      const from = /^[A-Za-z0-9]+/.exec(at)?.[0] ?? at;
      edges.set(from, (edges.get(from) ?? new Set<string>()).add(on));
    },
    refuseCycles: () => {
      const done = new Set<string>();
      for (const logicalId of edges.keys()) visit(logicalId, [], { edges, done });
    },
  };
}

function visit(
  logicalId: string,
  path: readonly string[],
  graph: { readonly edges: ReadonlyMap<string, ReadonlySet<string>>; readonly done: Set<string> },
): void {
  if (path.includes(logicalId)) throw circular([...path.slice(path.indexOf(logicalId)), logicalId]);
  if (graph.done.has(logicalId)) return;
  for (const next of graph.edges.get(logicalId) ?? []) visit(next, [...path, logicalId], graph);
  graph.done.add(logicalId);
}

export function circular(path: readonly string[]): TemplateError {
  return new TemplateError(`circular reference: ${path.join(' → ')}`);
}
