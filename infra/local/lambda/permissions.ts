import { z } from 'zod';
import { arnMatches } from '../iam/glob.ts';
import type { StackModel } from '../ports.ts';
import type { KnownProperties } from '../template/check-properties.ts';
import { propertiesOf } from '../template/properties.ts';

/**
 * Whether a service (`apigateway.amazonaws.com`) may invoke a function on behalf of one of its resources (a route, a rule, a bucket).
 */
export type MayInvoke = (principalService: string, sourceArn: string, functionArn: string) => boolean;

const known: KnownProperties = { supported: ['Action', 'FunctionName', 'Principal', 'SourceAccount', 'SourceArn'] };

const Permission = z.object({
  Action: z.string(),
  FunctionName: z.string(),
  Principal: z.string(),
  SourceAccount: z.coerce.string().optional(),
  SourceArn: z.string().optional(),
});

/** Answers whether an `AWS::Lambda::Permission` of the template lets a service invoke a function, as Lambda itself would decide. */
export function invokePermissions(model: StackModel): MayInvoke {
  const permissions = model.ofType('AWS::Lambda::Permission').map((resource) => propertiesOf(resource, Permission, known));
  return (principalService, sourceArn, functionArn) =>
    permissions.some(
      (permission) =>
        (permission.Action === 'lambda:InvokeFunction' || permission.Action === 'lambda:*') &&
        permission.Principal === principalService &&
        namesFunction(permission.FunctionName, functionArn) &&
        (permission.SourceAccount === undefined || permission.SourceAccount === model.accountId) &&
        (permission.SourceArn === undefined || arnMatches(permission.SourceArn, sourceArn)),
    );
}

function namesFunction(nameOrArn: string, functionArn: string): boolean {
  return nameOrArn === functionArn || functionArn.endsWith(`:function:${nameOrArn}`);
}
