import type { Resource, StackModel } from '../ports.ts';
import { checkProperties } from '../template/check-properties.ts';
import { TemplateError } from '../template/template-error.ts';
import { resourceStatements, type ResourceStatement } from './policy-document.ts';

/** The policies that hang on resources: of queues, buckets and functions. */
export interface ResourcePolicies {
  /** Statements on the resource a request wants, whomever they speak of. */
  on(resource: string): readonly ResourceStatement[];
}

export function resourcePoliciesOf(model: StackModel): ResourcePolicies {
  const byArn = new Map<string, ResourceStatement[]>();
  const attach = (arn: string, statements: readonly ResourceStatement[]) => byArn.set(arn, [...(byArn.get(arn) ?? []), ...statements]);
  for (const resource of model.ofType('AWS::SQS::QueuePolicy')) {
    checkProperties(resource, { supported: ['PolicyDocument', 'Queues'] });
    const statements = resourceStatements(resource.properties['PolicyDocument'], resource.logicalId);
    for (const url of resource.properties['Queues'] as string[]) attach(queueByUrl(model, url, resource).arn, statements);
  }
  for (const resource of model.ofType('AWS::S3::BucketPolicy')) {
    checkProperties(resource, { supported: ['PolicyDocument', 'Bucket'] });
    attach(
      `arn:aws:s3:::${String(resource.properties['Bucket'])}`,
      resourceStatements(resource.properties['PolicyDocument'], resource.logicalId),
    );
  }
  for (const resource of model.ofType('AWS::Lambda::Permission')) {
    const { functionArn, statement } = invokePermission(model, resource);
    attach(functionArn, [statement]);
  }
  return { on: (resource) => byArn.get(ownerArn(resource)) ?? [] };
}

/** An object's policy is its bucket's, a qualified function's its function's. */
function ownerArn(resource: string): string {
  if (resource.startsWith('arn:aws:s3:::')) return resource.split('/', 1)[0] ?? resource;
  const qualified = /^(arn:aws:lambda:[^:]*:[^:]*:function:[^:]+):[^:]+$/.exec(resource);
  return qualified?.[1] ?? resource;
}

function queueByUrl(model: StackModel, url: string, policy: Resource): Resource {
  const name = url.slice(url.lastIndexOf('/') + 1);
  const queue = model.ofType('AWS::SQS::Queue').find(({ physicalName }) => physicalName === name);
  if (queue === undefined) throw new TemplateError(`${policy.logicalId}: no queue ${url} in the template`);
  return queue;
}

function invokePermission(model: StackModel, resource: Resource): { readonly functionArn: string; readonly statement: ResourceStatement } {
  checkProperties(resource, { supported: ['Action', 'FunctionName', 'Principal', 'SourceArn', 'SourceAccount'] });
  const { Action, FunctionName, Principal, SourceArn, SourceAccount } = resource.properties as Readonly<Record<string, string | undefined>>;
  if (Action === undefined || FunctionName === undefined || Principal === undefined) {
    throw new TemplateError(`${resource.logicalId}: a permission needs Action, FunctionName and Principal`);
  }
  const functionArn = FunctionName.startsWith('arn:') ? ownerArn(FunctionName) : functionByName(model, FunctionName, resource).arn;
  const isService = Principal.endsWith('.amazonaws.com');
  return {
    functionArn,
    statement: {
      effect: 'Allow',
      actions: [Action],
      resources: [functionArn, `${functionArn}:*`],
      conditions: {
        ...(SourceArn === undefined ? {} : { ArnLike: { 'aws:SourceArn': [SourceArn] } }),
        ...(SourceAccount === undefined ? {} : { StringEquals: { 'aws:SourceAccount': [SourceAccount] } }),
      },
      principals: { services: isService ? [Principal] : [], identities: isService ? [] : [Principal] },
    },
  };
}

function functionByName(model: StackModel, name: string, permission: Resource): Resource {
  const found = model.ofType('AWS::Lambda::Function').find(({ physicalName }) => physicalName === name);
  if (found === undefined) throw new TemplateError(`${permission.logicalId}: no function ${name} in the template`);
  return found;
}
