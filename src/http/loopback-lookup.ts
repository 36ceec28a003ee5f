import { lookup as systemLookup, type LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'

/** Most local servers listen on 127.0.0.1 only, while resolvers often say ::1 first. */
const LOOPBACK: readonly LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
]

function isLocalhost(hostname: string): boolean {
  return /^(.+\.)?localhost\.?$/i.test(hostname)
}

/** Name look-up for sockets: `localhost` is 127.0.0.1, then ::1, without asking a resolver; others go to the system. */
export const loopbackFirstLookup: LookupFunction = (hostname, options, callback) => {
  if (!isLocalhost(hostname)) return systemLookup(hostname, options, callback)
  if (options.all === true) return callback(null, [...LOOPBACK])
  return callback(null, '127.0.0.1', 4)
}
