import { findBuild, getModel, isModelId } from '../../catalog/index.js'
import { memoryOfBuild, planPlacement } from '../../memory/index.js'
import { contextKey, switchModel, toInstalled } from '../../registry/index.js'
import type { InstalledModel } from '../../registry/index.js'
import { formatGib } from '../../units.js'
import type { AlmanacState } from '../almanac-state.js'
import * as schemas from '../schemas/models.js'
import { object } from '../schemas/words.js'
import { routeSchema } from './route-scope.js'
import type { RouteScope } from './route-scope.js'

/** The model that the user chose. */
export function addSelectionRoutes({ fastify, state }: RouteScope): void {
  const current = routeSchema('The selected model', schemas.currentAnswer)
  fastify.get('/current', { schema: current }, () => currentAnswer(state))
  const body = object({ model_name: schemas.nameInput })
  const schema = routeSchema('Selects a model once it has answered', schemas.switchAnswer, { body })
  fastify.post<{ Body: { model_name: string } }>('/switch', { schema }, async (request) => {
    const selected = await switchTo(request.body.model_name, state)
    state.providersChanged()
    const { name, provider, model } = selected
    return { status: 'success', message: `${name} answers`, current_model: name, provider, model }
  })
}

async function currentAnswer(state: AlmanacState) {
  const { selected } = await state.settings.read()
  if (!selected) {
    return { current_model: null, can_chat: null, is_embedding_model: null, provider: null, model: null }
  }
  const { name, provider, model } = selected
  const rows = await installedRows(state)
  const row = rows.models.find((each) => each.name === name && each.provider === provider)
  const asked = rows.providers.find((each) => each.name === provider)
  const embedding = row ? row.kind === 'embedding' : null
  // A provider that does not answer may still have it: unknown, not no.
  const canChat = row ? !embedding : asked?.status === 'running' ? false : null
  return { current_model: name, can_chat: canChat, is_embedding_model: embedding, provider, model }
}

async function installedRows(state: AlmanacState) {
  const [reports, resolve] = await Promise.all([state.reports(), state.resolver()])
  return toInstalled(reports, resolve, { all: true })
}

async function switchTo(name: string, state: AlmanacState) {
  return switchModel(name, {
    providers: state.ports.providers,
    resolve: await state.resolver(),
    settings: state.settings,
    installed: () => installedRows(state),
    refusal: (model) => refusalOf(model, state),
  })
}

/** Why a model must not be loaded here; one that is loaded has proven itself. */
async function refusalOf(row: InstalledModel, state: AlmanacState): Promise<string | null> {
  if (row.loaded === true || !row.local || row.model === null || !isModelId(row.model)) return null
  const model = getModel(row.model)
  const build = row.quantization === null ? undefined : findBuild(model, row.quantization)
  if (!build) return null
  const saved = (await state.savedContexts()).get(contextKey(row.name, await state.resolver()))
  const load = { context: Math.min(saved ?? model.context.default, model.context.max) }
  const machine = await state.machine()
  const placement = planPlacement(memoryOfBuild(model.architecture, build), load, machine)
  if (placement.fit !== 'none') return null
  const room = formatGib(Math.max(0, placement.available_bytes))
  return `Not enough memory for ${row.name}: it needs ${formatGib(placement.needed_bytes)}, there is room for ${room}`
}
