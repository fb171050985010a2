/**
 * Which addresses a webhook may lead to. Staff name webhooks, so without this they could have our functions ask what stands inside of our own network:
 * metadata services, databases, other functions.
 */
import { BlockList, isIP } from 'node:net';

/** RFC 6890 and its successors: what is not the public internet. */
const ipv4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;

/** All of the internet's IPv6 addresses are in here … */
const globalIpv6 = ['2000::', 3] as const;
/** … and these are not for others: Teredo and 6to4 carry an IPv4 address that could be any, then benchmarks and documentation. */
const specialIpv6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const refused = new BlockList();
for (const [net, bits] of ipv4) refused.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of specialIpv6) refused.addSubnet(net, bits, 'ipv6');
const global = new BlockList();
global.addSubnet(...globalIpv6, 'ipv6');

/** True for an address of the public internet; false for one that is not, and for what is no address. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !refused.check(address, 'ipv4');
  return family === 6 && global.check(address, 'ipv6') && !refused.check(address, 'ipv6');
}
