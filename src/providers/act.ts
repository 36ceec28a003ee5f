import { HttpFailure } from '../http/index.js'
import { ProviderFault, toFault } from './provider-fault.js'
import type { ProviderConnection } from './provider-facts.js'

/** Runs an action on a provider; what its server does wrong is thrown as an error for people, with a hint. */
export async function act<T>(connection: ProviderConnection, action: () => Promise<T>): Promise<T> {
  try {
    return await action()
  } catch (error) {
    throw error instanceof HttpFailure || error instanceof ProviderFault ? toFault(error, connection) : error
  }
}
