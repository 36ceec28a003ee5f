import { toInstalled } from '../../registry/index.js'
import type { InstalledModel } from '../../registry/index.js'
import type { AlmanacState } from '../almanac-state.js'
import { listGhosts } from '../ghost-models.js'
import { HttpError } from '../http-errors.js'
import { readOwnFiles, removeOwnFile } from '../own-files.js'
import { shownName } from '../printable-text.js'
import * as schemas from '../schemas/models.js'
import { object } from '../schemas/words.js'
import { knownProvider } from './provider-routes.js'
import { pathOf, routeSchema } from './route-scope.js'
import type { RouteScope } from './route-scope.js'

interface Wildcard {
  Params: { '*': string }
}

/** Removing: exactly the model that is named, and exactly the ghosts that are listed. */
export function addRemovalRoutes(scope: RouteScope): void {
  addUninstall(scope)
  addGhosts(scope)
}

function addUninstall({ fastify, state }: RouteScope): void {
  const querystring = object({}, { provider_hint: schemas.nameInput })
  const schema = routeSchema('Removes the model of exactly this name', schemas.uninstallAnswer, {
    params: pathOf('*'),
    querystring,
  })
  type Hint = { Querystring: { provider_hint?: string } }
  fastify.delete<Wildcard & Hint>('/uninstall/*', { schema }, async ({ params, query }) => {
    const answer = await uninstall(params['*'], query.provider_hint, state)
    state.providersChanged()
    return answer
  })
}

async function uninstall(name: string, hint: string | undefined, state: AlmanacState) {
  const onlyFile = hint?.toLowerCase() === 'file'
  const only = hint === undefined || onlyFile ? undefined : knownProvider(hint)
  const rows = onlyFile ? [] : await rowsNamed(name, only, state)
  const files = only === undefined ? await readOwnFiles(state.ports.home) : []
  const file = files.find((each) => each.name === name)
  if (rows.length + (file ? 1 : 0) > 1) {
    const holders = [...rows.map(({ provider }) => provider), ...(file ? ['file'] : [])]
    throw new HttpError(400, `Several hold ${shownName(name)}; say provider_hint=${holders.join(' or ')}`)
  }
  if (file) {
    await removeOwnFile(file)
    return { success: true, message: `Removed ${name}`, output: file.path, provider: 'file', model: name }
  }
  const [row] = rows
  if (!row) throw new HttpError(404, `No installed model is called "${shownName(name)}"`)
  return removeRow(row, state)
}

/** Models of exactly that name; `llama3.2` is not `llama3.2:latest` here. */
async function rowsNamed(
  name: string,
  only: ReturnType<typeof knownProvider> | undefined,
  state: AlmanacState,
): Promise<InstalledModel[]> {
  const [reports, resolve] = await Promise.all([state.reports(only), state.resolver()])
  return toInstalled(reports, resolve, { all: true }).models.filter((row) => row.name === name)
}

async function removeRow({ name, provider }: InstalledModel, state: AlmanacState) {
  if (provider === 'ollama') {
    await state.ports.deleteOllamaModel(name)
    return { success: true, message: `Removed ${name} from Ollama`, output: '', provider, model: name }
  }
  const [error, message] =
    provider === 'lmstudio'
      ? ['LM Studio cannot remove a model by its interface', 'Remove it under My Models in LM Studio']
      : ['llama-server does not manage files', 'Stop it, then delete the file that it was started with']
  return { success: false, error, message, provider, model: name }
}

function addGhosts({ fastify, state }: RouteScope): void {
  const list = routeSchema('What is listed or kept, but cannot be used', schemas.ghostsAnswer)
  fastify.get('/ghost-models', { schema: list }, async () => {
    const ghosts = await listGhosts(state)
    return { ghost_models: ghosts, count: ghosts.length }
  })
  const schema = routeSchema('Removes one of them', schemas.ghostRemoved, { params: pathOf('*') })
  fastify.delete<Wildcard>('/ghost-models/*', { schema }, async ({ params }) => {
    const id = params['*']
    const ghost = (await listGhosts(state)).find(({ model_id }) => model_id === id)
    if (!ghost) throw new HttpError(404, `No ghost model is called "${shownName(id)}"`)
    await ghost.remove()
    state.providersChanged()
    return { status: 'removed', model_id: id, ...(ghost.path === undefined ? {} : { path: ghost.path }) }
  })
}
