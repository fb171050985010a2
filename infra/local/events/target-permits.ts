import type { LocalAccess } from '../iam/access.ts';
import type { MayInvoke } from '../lambda/permissions.ts';

/** One way from a rule or schedule to its target. */
export interface TargetWay {
  readonly service: 'events.amazonaws.com' | 'scheduler.amazonaws.com';
  /** The rule or schedule. */
  readonly sourceArn: string;
  readonly targetArn: string;
  readonly roleArn: string | undefined;
}

/** Whether the template grants a way. Without it AWS would deploy, and deliver nothing. */
export type TargetPermits = (way: TargetWay) => boolean;

export interface PermitParts {
  readonly access: Pick<LocalAccess, 'denied' | 'mayService' | 'principalOfRole'>;
  readonly mayInvoke: MayInvoke;
  readonly accountId: string;
}

/** With a role, what the role grants; without, what the target's own policy grants. A schedule always acts under a role. */
export function targetPermits({ access, mayInvoke, accountId }: PermitParts): TargetPermits {
  return ({ service, sourceArn, targetArn, roleArn }) => {
    const action = actionOn(targetArn);
    if (action === undefined) return false;
    const request = { action, resource: targetArn, context: { 'aws:SourceArn': [sourceArn], 'aws:SourceAccount': [accountId] } };
    if (roleArn !== undefined) return access.denied(access.principalOfRole(roleArn, service), [request]) === undefined;
    if (service === 'scheduler.amazonaws.com') return false;
    return action === 'lambda:InvokeFunction' ? mayInvoke(service, sourceArn, targetArn) : access.mayService(service, request);
  };
}

const actions: Readonly<Record<string, string>> = {
  lambda: 'lambda:InvokeFunction',
  sqs: 'sqs:SendMessage',
  states: 'states:StartExecution',
};

/** Undefined for a service that no target of the local stack belongs to. */
function actionOn(targetArn: string): string | undefined {
  const service = targetArn.split(':')[2] ?? '';
  return Object.hasOwn(actions, service) ? actions[service] : undefined;
}
