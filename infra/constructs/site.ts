import { CfnCondition, Duration, Fn, Token } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  AccessLevel,
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  type CfnDistribution,
  Distribution,
  Function as EdgeFunction,
  type FunctionAssociation,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  ResponseHeadersPolicy,
  type ResponseSecurityHeadersBehavior,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { type Bucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { edgeHeaders } from '#shared/platform/http/edge.ts';
import { contentSecurityPolicy } from './content-security-policy.ts';
import { AccessLogBucket, HouseBucket } from './house-bucket.ts';
import { argued } from './nag.ts';
import { publishSite } from './site-publisher.ts';

export interface SiteProps {
  /** Folder below `web/`. */
  readonly site: string;
  /** Reached as `/api/*` of the site's own origin, so that pages need no CORS. It knows by its key whom it may believe the viewer's address. */
  readonly api: { readonly httpApi: HttpApi; readonly originKey: ISecret };
  /** Origins besides its own that the site's scripts talk to, for example the bucket they upload to. */
  readonly connectTo: readonly string[];
  /** The site's own host. While the certificate is the empty string, the site is served from a host that CloudFront names. */
  readonly host: { readonly origin: string; readonly certificateArn: string };
}

/**
 * Takes every path that names no file to the page, whose script knows the paths there are. Error responses of the distribution could
 * do the same, but they would also turn the API's own 403 and 404 into pages.
 */
const pageForPaths = `function handler(event) {
  var request = event.request;
  if (!/\\.[^/]*$/.test(request.uri)) request.uri = '/index.html';
  return request;
}`;

/** Writes over whatever the viewer has sent under that name. */
const addressOfViewer = `function handler(event) {
  var request = event.request;
  request.headers['${edgeHeaders.viewerAddress}'] = { value: event.viewer.ip };
  return request;
}`;

const yearSeconds = 365 * 24 * 3600;

/**
 * A site of static pages: a private bucket that only its distribution may read, the API on the same origin below `/api/`, and
 * security headers on every answer. Pages are asked for again each time, files below `assets/` never change and are kept for a year;
 * so a deployment shows at once and has nothing to invalidate.
 */
export class Site extends Construct {
  readonly distribution: Distribution;
  private readonly accessLog: Bucket;

  constructor(scope: Construct, id: string, props: SiteProps) {
    super(scope, id);
    this.accessLog = this.accessLogBucket();
    const pages = this.pagesBucket();
    this.distribution = this.distributionOf(pages, props);
    this.serveFromOwnHost(props.host);
    argued(this.distribution, 'AwsSolutions-CFR1', 'Staff travel, and tokens decide who may see anything, wherever a request comes from.');
    argued(
      this.distribution,
      'AwsSolutions-CFR2',
      'The API throttles and refuses requests without a token; a web ACL has fees and rules that are for the owner of the account to choose.',
    );
    publishSite(this, { site: props.site, bucket: pages });
  }

  /** Where the site is reached when it has no host of its own. */
  get url(): string {
    return `https://${this.distribution.distributionDomainName}`;
  }

  private accessLogBucket(): Bucket {
    // CloudFront writes its log through an access control list of the bucket.
    return new AccessLogBucket(this, 'AccessLog', { of: 'the site', objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED });
  }

  private pagesBucket(): Bucket {
    return new HouseBucket(this, 'Pages', {
      serverAccessLogsBucket: this.accessLog,
      serverAccessLogsPrefix: 'bucket/',
    });
  }

  private distributionOf(bucket: Bucket, props: SiteProps): Distribution {
    const pages: BehaviorOptions = {
      // Listing is granted so that a file that is not there is a 404; without it S3 says 403. Nothing lists: every path names a key.
      origin: S3BucketOrigin.withOriginAccessControl(bucket, { originAccessLevels: [AccessLevel.READ, AccessLevel.LIST] }),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      compress: true,
    };
    const security = securityOf(props.connectTo);
    return new Distribution(this, 'Distribution', {
      comment: `XM ${props.site}`,
      httpVersion: HttpVersion.HTTP2_AND_3,
      enableLogging: true,
      logBucket: this.accessLog,
      logFilePrefix: 'distribution/',
      defaultBehavior: {
        ...pages,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        responseHeadersPolicy: this.headers('PageHeaders', security, 'no-cache'),
        functionAssociations: [this.onRequest('PageForPaths', { comment: 'Paths that name no file get the page', code: pageForPaths })],
      },
      additionalBehaviors: {
        '/assets/*': {
          ...pages,
          cachePolicy: CachePolicy.CACHING_OPTIMIZED,
          responseHeadersPolicy: this.headers('AssetHeaders', security, `public, max-age=${yearSeconds}, immutable`),
        },
        '/api/*': this.apiBehavior(props.api),
      },
    });
  }

  private apiBehavior({ httpApi, originKey }: SiteProps['api']): BehaviorOptions {
    return {
      origin: new HttpOrigin(Fn.select(2, Fn.split('/', httpApi.apiEndpoint)), {
        // CloudFormation puts it in while it deploys: the template holds where it stands, not what it is.
        customHeaders: { [edgeHeaders.key]: originKey.secretValue.unsafeUnwrap() },
        protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
        originSslProtocols: [OriginSslPolicy.TLS_V1_2],
      }),
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      // The API knows its own host alone; everything else of the request is passed on.
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      responseHeadersPolicy: this.headers('ApiHeaders', apiSecurity, 'no-store'),
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      compress: true,
      functionAssociations: [
        this.onRequest('AddressOfViewer', { comment: 'Tells the API where a request comes from', code: addressOfViewer }),
      ],
    };
  }

  private headers(id: string, securityHeadersBehavior: ResponseSecurityHeadersBehavior, cacheControl: string): ResponseHeadersPolicy {
    const custom = {
      'Cache-Control': cacheControl,
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    };
    return new ResponseHeadersPolicy(this, id, {
      securityHeadersBehavior,
      customHeadersBehavior: { customHeaders: Object.entries(custom).map(([header, value]) => ({ header, value, override: true })) },
    });
  }

  private onRequest(id: string, { comment, code }: { readonly comment: string; readonly code: string }): FunctionAssociation {
    const edgeFunction = new EdgeFunction(this, id, { comment, code: FunctionCode.fromInline(code), runtime: FunctionRuntime.JS_2_0 });
    return { eventType: FunctionEventType.VIEWER_REQUEST, function: edgeFunction };
  }

  /** The certificate is a parameter of the template, and so is whether there is one: `Distribution` itself would need to know at synthesis. */
  private serveFromOwnHost({ origin, certificateArn }: SiteProps['host']): void {
    const owned = new CfnCondition(this, 'HasOwnHost', { expression: Fn.conditionNot(Fn.conditionEquals(certificateArn, '')) });
    const distribution = this.distribution.node.defaultChild as CfnDistribution;
    const either = (own: unknown, cloudFronts: unknown) => Token.asAny(Fn.conditionIf(owned.logicalId, own, cloudFronts));
    const nothing = { Ref: 'AWS::NoValue' };
    distribution.addPropertyOverride('DistributionConfig.Aliases', either([Fn.select(2, Fn.split('/', origin))], nothing));
    distribution.addPropertyOverride(
      'DistributionConfig.ViewerCertificate',
      either(
        { AcmCertificateArn: certificateArn, SslSupportMethod: 'sni-only', MinimumProtocolVersion: 'TLSv1.2_2021' },
        { CloudFrontDefaultCertificate: true },
      ),
    );
    argued(
      this.distribution,
      'AwsSolutions-CFR4',
      'With a certificate of its own the site asks for modern TLS; on the host that CloudFront names, CloudFront alone sets the minimum.',
    );
    argued(
      this.distribution,
      'CloudFormation-Validate::F3014',
      'Each branch of the condition names exactly one certificate, but the check does not look into conditions.',
    );
  }
}

function securityOf(connectTo: readonly string[]): ResponseSecurityHeadersBehavior {
  return {
    ...commonSecurity(true),
    contentSecurityPolicy: { contentSecurityPolicy: contentSecurityPolicy(connectTo), override: true },
  };
}

function commonSecurity(override: boolean): ResponseSecurityHeadersBehavior {
  return {
    contentTypeOptions: { override },
    frameOptions: { frameOption: HeadersFrameOption.DENY, override },
    referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override },
    strictTransportSecurity: { accessControlMaxAge: Duration.seconds(2 * yearSeconds), includeSubdomains: true, override },
  };
}

/** The API sets its own; these are for the answers of the gateway itself, which go out without. */
const apiSecurity: ResponseSecurityHeadersBehavior = {
  ...commonSecurity(false),
  contentSecurityPolicy: { contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'", override: false },
};
