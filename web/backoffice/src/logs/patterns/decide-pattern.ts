import { type Api, answer, type Schemas } from '../../shell/api/client.ts';
import type { PatternDetail } from './pattern-source.ts';

export type PatternDecision =
  | { readonly kind: 'resolve'; readonly inVersion: string | null; readonly fixedAt: string | null }
  | { readonly kind: 'mute'; readonly until: string | null; readonly count: number | null }
  | { readonly kind: 'reopen' }
  | { readonly kind: 'assign'; readonly assignee: string | null };

/** Decides about a pattern as it was shown: if somebody else was faster, the API refuses instead of deciding on top. */
export function decidePattern(
  api: Api,
  { id, revision }: Pick<PatternDetail, 'id' | 'revision'>,
  decision: PatternDecision,
): Promise<Schemas['LogIssue']> {
  const params = { path: { patternId: id } };
  return answer(api.POST('/api/admin/logs/patterns/{patternId}/decisions', { params, body: { decision, revision } }));
}
