import { describe, expect, it } from 'vitest';
import { locales, messageSchema, templateValues, type Content, type Template } from '#shared/messaging/message.ts';
import { rendered } from '#shared/messaging/render.ts';

const at = '2026-11-21T17:30:00.000Z';
const code = { code: '012345', minutes: 10 };
const link = 'https://backoffice.example.id/#/accept?token=inv_1.a-b_c&x=1';

/** One of each template, with what is longest where that matters. */
const samples: { readonly [T in Template]: Extract<Content, { template: T }>['values'] } = {
  'sign-up-code': code,
  'sign-up-existing': {},
  'sign-in-code': code,
  'password-code': code,
  'proof-code': code,
  'identifier-code': code,
  'identifier-changed': { kind: 'phone', at },
  'password-changed': { at },
  'second-factor-changed': { isOn: false, at },
  'new-sign-in': { device: 'Firefox on Linux', address: '2001:db8::1', at },
  'staff-invitation': { link, invitedBy: 'Sari', hours: 72 },
  'staff-password-reset': { link, minutes: 30 },
  'staff-second-factor-reset': { link, hours: 24 },
  'account-deletion': { at },
  'membership-sanctioned': { status: 'banned', reason: 'Spam', until: at },
  'log-alert': {
    headline: 'Spike: error 1200 times in an hour, 14 expected',
    facts: ['Pattern: Order failed', 'File: shop/checkout.log'],
    link,
  },
};

const contents = Object.entries(samples).map(([template, values]) => ({ template, values }) as Content);
const cases = contents.flatMap((content) => locales.map((locale) => [content.template, locale, content] as const));

/** What an SMS can say in 160 characters instead of 70 (3GPP TS 23.038), as far as anybody writes it here. */
const gsm7 = /^[A-Za-z0-9 @£$¥èéùìòÇØøÅåÆæßÉ!"#¤%&'()*+,\-./:;<=>?¡ÄÖÑÜ§¿äöñüà\n]*$/;

describe.each(cases)('%s in %s', (_, locale, content) => {
  const { subject, text, html, short } = rendered(content, locale);

  it('fits into one SMS', () => {
    expect(short).toMatch(gsm7);
    expect(short.length).toBeLessThanOrEqual(160);
  });

  it('says in HTML what it says in plain text, and nothing is left blank', () => {
    const said = html
      .replace(/<head>.*<\/head>/, '')
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll('&amp;', '&')
      .replaceAll('&#39;', "'")
      .replaceAll('&quot;', '"');
    const words = (from: string) =>
      from
        .split(/\s+/)
        .map((word) => word.replace(/:$/, ''))
        .filter(Boolean);
    expect(words(said)).toEqual(words(text));
    expect(`${subject} ${text} ${short}`).not.toMatch(/undefined|null|NaN|\[object/);
  });
});

describe('a message', () => {
  it('shows its code where somebody looks for it', () => {
    const { subject, text, html, short } = rendered({ template: 'sign-in-code', values: code }, 'id');
    expect(subject).toContain('012345');
    expect(text.split('\n').map((line) => line.trim())).toContain('012345');
    expect(html).toContain('>012345</p>');
    expect(short).toContain('012345');
  });

  it('tells times as they are in Indonesia', () => {
    expect(rendered({ template: 'password-changed', values: { at } }, 'id').text).toContain('22 November 2026 pukul 00.30 WIB');
    expect(rendered({ template: 'password-changed', values: { at } }, 'en').text).toContain('22 November 2026 at 00:30 WIB');
  });

  it('differs between a suspension with an end and a ban without one', () => {
    const of = (status: 'suspended' | 'banned', until: string) =>
      rendered({ template: 'membership-sanctioned', values: { status, reason: 'Spam', until } }, 'en').text;
    expect(of('suspended', at)).toContain('suspended until 22 November 2026');
    expect(of('banned', '')).toContain('banned without an end');
  });

  it('keeps what people wrote from becoming markup, a header or a second line', () => {
    const { html, subject, text } = rendered(
      { template: 'staff-invitation', values: { link, invitedBy: '<script>alert("x")</script>\r\nBcc: all@example.id', hours: 72 } },
      'en',
    );
    expect(html).not.toContain('<script');
    expect(html).toContain('&lt;script&gt;');
    expect(html).toContain('token=inv_1.a-b_c&amp;x=1');
    expect(subject).not.toMatch(/[\r\n]/);
    expect(text).not.toContain('\r\nBcc');
    expect(text).toContain(link);
  });
});

describe('a message from a queue', () => {
  const message = { channel: 'email', to: 'sari@example.id', locale: 'id', template: 'sign-in-code', values: code } as const;

  it('comes out as it went in', () => {
    for (const [, locale, content] of cases) {
      const sent = { channel: 'email', to: 'sari@example.id', locale, expiresAt: at, ...content };
      expect(messageSchema.parse(JSON.parse(JSON.stringify(sent)))).toEqual(sent);
    }
    expect(Object.keys(samples)).toEqual(Object.keys(templateValues));
  });

  it.each<[string, object]>([
    ['a template that there is not', { template: 'newsletter' }],
    ['values of another template', { template: 'staff-invitation' }],
    ['a code that is none', { values: { code: '12345', minutes: 10 } }],
    ['a mail to a number', { to: '+6281234567890' }],
    ['an SMS to an address', { channel: 'sms' }],
    ['a number that is not E.164', { channel: 'sms', to: '0812345678' }],
    ['a language that nobody wrote', { locale: 'fr' }],
    ['a link that is none', { template: 'staff-password-reset', values: { link: 'there', minutes: 30 } }],
  ])('is refused with %s', (_, over) => {
    expect(messageSchema.safeParse({ ...message, ...over }).success).toBe(false);
  });
});
