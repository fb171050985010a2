import { CfnOutput, CfnParameter, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Api } from '../capabilities/api.ts';
import { Logs } from '../capabilities/logs.ts';

export interface XmStackProps extends StackProps {
  readonly scannersMax: number;
}

/** The whole system. What differs between places it runs in comes as parameters of the template, so that one template serves them all. */
export class XmStack extends Stack {
  constructor(scope: Construct, id: string, props: XmStackProps) {
    super(scope, id, props);
    const origin = parameter(
      this,
      'BackofficeOrigin',
      'Origin of the backoffice, for example https://backoffice.example.id',
      'https://backoffice.invalid',
    );
    const api = new Api(this, 'Api', {
      jwksUrl: parameter(
        this,
        'JwksUrl',
        'Where the public keys of the token issuer are read',
        'https://identity.invalid/.well-known/jwks.json',
      ),
      jwtIssuer: parameter(this, 'JwtIssuer', 'The iss claim a token must carry', 'https://identity.invalid'),
      jwtAudience: parameter(this, 'JwtAudience', 'The aud claim a token must carry', 'xm'),
      origins: [origin],
    });
    const logs = new Logs(this, 'Logs', { api, origins: [origin], scannersMax: props.scannersMax });
    new CfnOutput(this, 'ApiUrl', { value: api.httpApi.apiEndpoint });
    new CfnOutput(this, 'LogBucket', { value: logs.uploads.bucketName });
  }
}

function parameter(scope: Construct, id: string, description: string, defaultValue: string): string {
  return new CfnParameter(scope, id, { type: 'String', description, default: defaultValue }).valueAsString;
}
