/**
 * How well predicted templates fit the true ones, by the definitions of the Loghub evaluators.
 */

export interface Labelled {
  /** Of each line, in the same order. */
  readonly truth: readonly string[];
  readonly predicted: readonly string[];
}

export interface Scores {
  /** Grouping accuracy: lines whose predicted group is the same set of lines as their true group. */
  readonly GA: number;
  /** F1 of groups: predicted groups that are a true group, of all predicted and of all true ones. */
  readonly FGA: number;
  /** Parsing accuracy: lines whose template is the true text. */
  readonly PA: number;
  /** F1 of templates: predicted texts all of whose lines have that true text. */
  readonly FTA: number;
  readonly groups: number;
  readonly trueGroups: number;
}

/** Lines with an empty true template do not count. Groups are made by template text. */
export function scoresOf({ truth, predicted }: Labelled): Scores {
  const pairs = truth.map((template, i) => [template, predicted[i] ?? ''] as const).filter(([template]) => template !== '');
  const trueCounts = countsOf(pairs.map(([template]) => template));
  const predictedCounts = countsOf(pairs.map(([, template]) => template));
  const right = rightGroups(pairs, trueCounts, predictedCounts);
  const parsed = pairs.filter(([template, prediction]) => template === prediction).length;
  return {
    GA: right.lines / pairs.length,
    FGA: harmonic(right.groups / predictedCounts.size, right.groups / trueCounts.size),
    PA: parsed / pairs.length,
    FTA: harmonic(rightTemplates(pairs) / predictedCounts.size, rightTemplates(pairs) / trueCounts.size),
    groups: predictedCounts.size,
    trueGroups: trueCounts.size,
  };
}

type Pairs = readonly (readonly [truth: string, predicted: string])[];

function rightGroups(
  pairs: Pairs,
  trueCounts: Map<string, number>,
  predictedCounts: Map<string, number>,
): { lines: number; groups: number } {
  const right = { lines: 0, groups: 0 };
  for (const [pair, count] of countsOf(pairs.map((pair) => JSON.stringify(pair)))) {
    const [truth, predicted] = JSON.parse(pair) as [string, string];
    if (count !== trueCounts.get(truth) || count !== predictedCounts.get(predicted)) continue;
    right.lines += count;
    right.groups += 1;
  }
  return right;
}

function rightTemplates(pairs: Pairs): number {
  const truths = new Map<string, Set<string>>();
  for (const [truth, predicted] of pairs) truths.set(predicted, (truths.get(predicted) ?? new Set()).add(truth));
  return [...truths].filter(([predicted, found]) => found.size === 1 && found.has(predicted)).length;
}

function countsOf(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

function harmonic(a: number, b: number): number {
  return a + b === 0 ? 0 : (2 * a * b) / (a + b);
}
