import { BlockList, isIP } from 'node:net'

/** Ranges that no message of ours may be sent to: this machine, its network, and what stands for either (RFC 6890, RFC 8155, RFC 7526). */
const inside4 = new BlockList()
const inside6 = new BlockList()
const ranges4: readonly [string, number][] = [
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
]
/** Only 2000::/3 is handed out; within it, what tunnels an IPv4 address (Teredo, 6to4) and what is for documents. */
const ranges6: readonly [string, number][] = [
  ['::', 3],
  ['4000::', 2],
  ['8000::', 1],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]
for (const [net, prefix] of ranges4) inside4.addSubnet(net, prefix, 'ipv4')
for (const [net, prefix] of ranges6) inside6.addSubnet(net, prefix, 'ipv6')

/**
 * Whether an IP address belongs to the open internet. Loopback, link-local, private, shared, multicast and reserved ranges do not, nor
 * does an IPv4 address dressed as IPv6 (`::ffff:8.8.8.8` is refused as a whole: no name on the internet needs it). Anything that is no
 * IP address is not public.
 */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  return family === 4 ? !inside4.check(address, 'ipv4') : family === 6 && !inside6.check(address, 'ipv6')
}
