import { BlockList, isIPv6 } from 'node:net'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'

/** Whether a connection from this address is one of a proxy of ours, whose headers are believed. */
export type TrustsProxy = (address: string) => boolean

/** @param proxies Addresses or networks (`10.0.0.0/8`), as the setting TRUSTED_PROXY has them. */
export function trustProxies(proxies: readonly string[]): TrustsProxy {
  const list = new BlockList()
  for (const proxy of proxies) {
    const [address = '', bits] = proxy.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return (address) => {
    const plain = unmapped(address)
    return list.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4')
  }
}

/**
 * Where a request comes from, as the rate limit counts it: the whole IPv4 address, or the /64 of an IPv6 one, which
 * is what one connection commonly gets. Behind a trusted proxy it is the last entry of X-Forwarded-For, the one
 * that the proxy itself wrote.
 */
export function clientAddress(context: Context, trusts: TrustsProxy): string {
  const peer = getConnInfo(context).remote.address ?? 'unknown'
  const forwarded = trusts(peer)
    ? context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim()
    : undefined
  const address = unmapped(forwarded || peer)
  return address.includes(':') ? networkOf(address) : address
}

/** An IPv4 address without the IPv6 dress in which a server for both sees it. */
function unmapped(address: string): string {
  return /^::ffff:([\d.]+)$/i.exec(address)?.[1] ?? address
}

function networkOf(address: string): string {
  const [head = '', tail] = address.split('::')
  const groups = head === '' ? [] : head.split(':')
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length)
  return [...groups, ...Array<string>(Math.max(0, missing)).fill('0')].slice(0, 4).join(':')
}
