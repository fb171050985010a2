import { z } from 'zod';
import type { Resource, StackModel } from '../ports.ts';
import { propertiesOf, refusal } from '../template/properties.ts';

/** Response headers in lower case; several of one name as a list. */
export type ResponseHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Adds and removes headers of an answer as a response headers policy says. */
export type HeadersPolicy = (headers: ResponseHeaders) => ResponseHeaders;

interface Addition {
  readonly name: string;
  readonly value: string;
  /** Whether it replaces what the origin sent under the same name. */
  readonly override: boolean;
}

const config = 'ResponseHeadersPolicyConfig';
const known = {
  supported: [`${config}.SecurityHeadersConfig`, `${config}.CustomHeadersConfig`, `${config}.RemoveHeadersConfig`],
  inert: { [`${config}.Name`]: 'for people', [`${config}.Comment`]: 'for people' },
};

const Override = z.object({ Override: z.boolean() });
const Security = z
  .object({
    ContentSecurityPolicy: Override.extend({ ContentSecurityPolicy: z.string() }),
    ContentTypeOptions: Override,
    FrameOptions: Override.extend({ FrameOption: z.string() }),
    ReferrerPolicy: Override.extend({ ReferrerPolicy: z.string() }),
    StrictTransportSecurity: Override.extend({
      AccessControlMaxAgeSec: z.number(),
      IncludeSubdomains: z.boolean().default(false),
      Preload: z.boolean().default(false),
    }),
    XSSProtection: Override.extend({ Protection: z.boolean(), ModeBlock: z.boolean().default(false), ReportUri: z.string().optional() }),
  })
  .partial();
const Properties = z.object({
  [config]: z.object({
    SecurityHeadersConfig: Security.default({}),
    CustomHeadersConfig: z
      .object({ Items: z.array(z.object({ Header: z.string(), Value: z.string(), Override: z.boolean() })) })
      .default({ Items: [] }),
    RemoveHeadersConfig: z.object({ Items: z.array(z.object({ Header: z.string() })) }).default({ Items: [] }),
  }),
});

/**
 * The response headers policy of an id. Text of its values that names an address of AWS is replaced by what stands for it on this
 * machine (`localAddresses`), so that a content security policy allows here what it allows there.
 * Throws `TemplateError` for an id that is not in the template: managed policies are not known.
 */
export function headersPolicy(model: StackModel, id: string, localAddresses: ReadonlyMap<string, string>): HeadersPolicy {
  const resource = model.ofType('AWS::CloudFront::ResponseHeadersPolicy').find(({ physicalName }) => physicalName === id);
  if (resource === undefined) throw refusal({ logicalId: id, type: 'response headers policy' }, 'it is not in the template');
  const { additions, removals } = readPolicy(resource);
  const local = additions.map(({ name, value, override }) => ({ name, value: localised(value, localAddresses), override }));
  return (headers) => {
    const kept = Object.entries(headers).filter(([name]) => !removals.has(name));
    const given = new Set(kept.map(([name]) => name));
    const added = local.filter(({ name, override }) => override || !given.has(name)).map(({ name, value }) => [name, value]);
    return Object.fromEntries([...kept, ...added]) as ResponseHeaders;
  };
}

function localised(value: string, localAddresses: ReadonlyMap<string, string>): string {
  return [...localAddresses].reduce((text, [address, local]) => text.replaceAll(address, local), value);
}

function readPolicy(resource: Resource): { readonly additions: readonly Addition[]; readonly removals: ReadonlySet<string> } {
  const { SecurityHeadersConfig, CustomHeadersConfig, RemoveHeadersConfig } = propertiesOf(resource, Properties, known)[config];
  const custom = CustomHeadersConfig.Items.map((item) => ({ name: item.Header.toLowerCase(), value: item.Value, override: item.Override }));
  return {
    additions: [...securityHeaders(SecurityHeadersConfig), ...custom],
    removals: new Set(RemoveHeadersConfig.Items.map(({ Header }) => Header.toLowerCase())),
  };
}

function securityHeaders(security: z.infer<typeof Security>): Addition[] {
  const { ContentSecurityPolicy: csp, ContentTypeOptions, FrameOptions, ReferrerPolicy, StrictTransportSecurity, XSSProtection } = security;
  const values: [name: string, value: string | undefined, rule: z.infer<typeof Override> | undefined][] = [
    ['content-security-policy', csp?.ContentSecurityPolicy, csp],
    ['x-content-type-options', 'nosniff', ContentTypeOptions],
    ['x-frame-options', FrameOptions?.FrameOption, FrameOptions],
    ['referrer-policy', ReferrerPolicy?.ReferrerPolicy, ReferrerPolicy],
    ['strict-transport-security', StrictTransportSecurity && transportSecurity(StrictTransportSecurity), StrictTransportSecurity],
    ['x-xss-protection', XSSProtection && xssProtection(XSSProtection), XSSProtection],
  ];
  return values.flatMap(([name, value, rule]) => (rule && value !== undefined ? [{ name, value, override: rule.Override }] : []));
}

type Given<Name extends keyof z.infer<typeof Security>> = NonNullable<z.infer<typeof Security>[Name]>;

function transportSecurity({ AccessControlMaxAgeSec, IncludeSubdomains, Preload }: Given<'StrictTransportSecurity'>): string {
  return [`max-age=${AccessControlMaxAgeSec}`, ...(IncludeSubdomains ? ['includeSubDomains'] : []), ...(Preload ? ['preload'] : [])].join(
    '; ',
  );
}

function xssProtection({ Protection, ModeBlock, ReportUri }: Given<'XSSProtection'>): string {
  if (!Protection) return '0';
  return ['1', ...(ModeBlock ? ['mode=block'] : []), ...(ReportUri === undefined ? [] : [`report=${ReportUri}`])].join('; ');
}
