import { homedir } from 'node:os'
import { createProviders } from '../providers/index.js'
import { PROVIDERS } from '../../generated/providers.js'
import type { Providers } from '../providers/index.js'
import { almanacHome } from '../registry/home.js'
import type { Io } from './io.js'

/** Settings folder of this user. */
export function homeOf(io: Pick<Io, 'env' | 'platform'>): string {
  return almanacHome(io.env, io.platform, homedir())
}

/** The local providers at the addresses that the environment gives. */
export function providersOf(io: Pick<Io, 'env'>): Providers {
  return createProviders(PROVIDERS, io.env)
}
