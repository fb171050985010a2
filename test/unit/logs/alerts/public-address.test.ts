import { describe, expect, it } from 'vitest';
import { isPublicAddress } from '#shared/logs/alerts/public-address.ts';
import { refusalOfTarget, webhookReachOf } from '#shared/logs/alerts/webhook-target.ts';

describe('a public address', () => {
  it.each(['1.1.1.1', '8.8.8.8', '172.15.0.1', '172.32.0.1', '100.63.255.255', '192.0.3.1', '2606:4700:4700::1111', '2a00:1450:4001::1'])(
    'is %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each([
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    'fe80::1',
    'fc00::1',
    'fd00:ec2::254',
    '2001:db8::1',
    '2002:7f00:1::',
    '2001:0:7f00:1::1',
    'ff02::1',
    'localhost',
    '',
  ])('is not %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('a webhook on the internet', () => {
  it.each(['https://hooks.slack.com/services/T/B/x', 'https://example.com:8443/hook?x=1', 'https://1.1.1.1/'])('may be %s', (address) => {
    expect(refusalOfTarget(address, 'public')).toBeUndefined();
  });

  it.each([
    'http://example.com/hook',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://0177.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:169.254.169.254]/',
    'https://169.254.169.254/latest/meta-data/',
    'https://localhost/',
    'https://LOCALHOST./',
    'https://db.internal/',
    'https://user:password@example.com/',
    'ftp://example.com/',
    'file:///etc/passwd',
    'no address',
  ])('may not be %s', (address) => {
    expect(refusalOfTarget(address, 'public')).toEqual(expect.any(String));
  });

  it('may be anywhere on the machine of a developer, and nowhere by a misspelt setting', () => {
    expect(refusalOfTarget('http://127.0.0.1:9999/hook', 'any')).toBeUndefined();
    expect(refusalOfTarget('file:///etc/passwd', 'any')).toEqual(expect.any(String));
    expect(webhookReachOf('public')).toBe('public');
    expect(() => webhookReachOf('Any')).toThrow('Any');
  });
});
