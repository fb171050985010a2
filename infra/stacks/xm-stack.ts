import { CfnOutput, CfnParameter, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Api } from '../capabilities/api.ts';
import { Backoffice } from '../capabilities/backoffice.ts';
import { Logs } from '../capabilities/logs.ts';

export interface XmStackProps extends StackProps {
  readonly scannersMax: number;
}

/** The whole system. What differs between places it runs in comes as parameters of the template, so that one template serves them all. */
export class XmStack extends Stack {
  constructor(scope: Construct, id: string, props: XmStackProps) {
    super(scope, id, props);
    const origin = parameter(this, 'BackofficeOrigin', {
      what: 'Origin of the backoffice, for example https://backoffice.example.id',
      by: 'https://backoffice.invalid',
    });
    const api = new Api(this, 'Api', {
      jwksUrl: parameter(this, 'JwksUrl', {
        what: 'Where the public keys of the token issuer are read',
        by: 'https://identity.invalid/.well-known/jwks.json',
      }),
      jwtIssuer: parameter(this, 'JwtIssuer', { what: 'The iss claim a token must carry', by: 'https://identity.invalid' }),
      jwtAudience: parameter(this, 'JwtAudience', { what: 'The aud claim a token must carry', by: 'xm' }),
      origins: [origin],
    });
    // An upload's address is signed by the API, so its origin guards nothing; and naming the distribution here would make the two wait for each other.
    const uploadOrigins = [origin, 'https://*.cloudfront.net'];
    const logs = new Logs(this, 'Logs', { api, origins: uploadOrigins, scannersMax: props.scannersMax });
    const backoffice = new Backoffice(this, 'Backoffice', {
      api: api.httpApi,
      uploads: logs.uploads,
      host: {
        origin,
        certificateArn: parameter(this, 'BackofficeCertificateArn', {
          what: 'Certificate of the host in BackofficeOrigin, in us-east-1; empty serves the backoffice from a host that CloudFront names',
          by: '',
        }),
      },
    });
    new CfnOutput(this, 'ApiUrl', { value: api.httpApi.apiEndpoint });
    new CfnOutput(this, 'BackofficeUrl', { value: backoffice.site.url });
    new CfnOutput(this, 'LogBucket', { value: logs.uploads.bucketName });
  }
}

/** A value that differs from place to place; the default deploys, and serves nobody until it is set. */
function parameter(scope: Construct, id: string, { what, by }: { readonly what: string; readonly by: string }): string {
  return new CfnParameter(scope, id, { type: 'String', description: what, default: by }).valueAsString;
}
