import { z } from 'zod';
import { arnMatches } from '../iam/glob.ts';
import type { StackModel } from '../ports.ts';
import { checkProperties, type PropertyRules, TemplateRefusal } from './template-properties.ts';

/** Who asks to invoke a function: a service, on behalf of one of its resources. */
export interface InvokeRequest {
  /** `apigateway.amazonaws.com` */
  readonly principalService: string;
  readonly sourceArn: string;
  readonly functionArn: string;
}

const permissionRules: PropertyRules = {
  honoured: ['Action', 'FunctionName', 'Principal', 'SourceAccount', 'SourceArn'],
  inert: {},
  refused: {
    EventSourceToken: 'it is for Alexa',
    FunctionUrlAuthType: 'function URLs are not run here',
    InvokedViaFunctionUrl: 'function URLs are not run here',
    PrincipalOrgID: 'there is one account here and no organisation',
  },
};

const Permission = z.object({
  Action: z.string(),
  FunctionName: z.string(),
  Principal: z.string(),
  SourceAccount: z.coerce.string().optional(),
  SourceArn: z.string().optional(),
});

/** Answers whether an `AWS::Lambda::Permission` of the template lets a service invoke a function, as Lambda itself would decide. */
export function invokePermissions(model: StackModel): (request: InvokeRequest) => boolean {
  const permissions = model.ofType('AWS::Lambda::Permission').map((resource) => {
    checkProperties(resource, permissionRules);
    const parsed = Permission.safeParse(resource.properties);
    if (!parsed.success) throw new TemplateRefusal(resource, z.prettifyError(parsed.error));
    return parsed.data;
  });
  return ({ principalService, sourceArn, functionArn }) =>
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
