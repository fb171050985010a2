import type { LocalPrincipal } from '../iam/access.ts';
import type { WireAnswer } from './engine-server.ts';

/** STS GetCallerIdentity, the one call by which tools ask whether their keys work; STS speaks XML. */
export function callerIdentity({ arn, name }: LocalPrincipal, accountId: string, requestId: string): WireAnswer {
  const fields = { Arn: arn, UserId: name, Account: accountId };
  const result = Object.entries(fields).map(([field, value]) => `<${field}>${value}</${field}>`);
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body:
      '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">' +
      `<GetCallerIdentityResult>${result.join('')}</GetCallerIdentityResult>` +
      `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></GetCallerIdentityResponse>`,
  };
}
