import {
  flag,
  flagOrNull,
  listOf,
  mapOf,
  number,
  numberOrNull,
  object,
  text,
  textOrNull,
  texts,
} from './words.js'
import type { Schema } from './words.js'

/** A name from outside: longer ones are nobody's. */
export const nameInput: Schema = {
  type: 'string',
  minLength: 1,
  maxLength: 1000,
  pattern: '^[^\\u0000-\\u001f\\u007f]*$',
}

export const contextsAnswer = object({
  status: text,
  contexts: mapOf(object({ default: number, max: number, current: number, is_override: flag })),
})

const contextState = {
  status: text,
  current: number,
  default: number,
  max: number,
  is_override: flag,
  max_is_known: flag,
  warnings: texts,
}

export const contextAnswer = object({ ...contextState, model: text })
export const contextChange = object({ ...contextState, model: text, message: text })

export const currentAnswer = object({
  current_model: textOrNull,
  can_chat: flagOrNull,
  is_embedding_model: flagOrNull,
  provider: textOrNull,
  model: textOrNull,
})

export const switchAnswer = object({
  status: text,
  message: text,
  current_model: text,
  provider: text,
  model: textOrNull,
})

export const uninstallAnswer = object(
  { success: flag, message: text },
  { output: text, error: text, provider: text, model: text },
)

export const ghostsAnswer = object({
  ghost_models: listOf(
    object(
      { model_id: text, reason: text },
      { path: text, size_mb: number, size_bytes: number, provider: text },
    ),
  ),
  count: number,
})

export const ghostRemoved = object({ status: text, model_id: text }, { path: text })

const job = {
  id: text,
  model: text,
  provider: text,
  status: text,
  completed_bytes: number,
  total_bytes: numberOrNull,
}

export const installAnswer = object(job)
export const installsAnswer = object({ installs: listOf(object(job)) })
const endedStatus = { ...text, description: 'cancelled; done or error where it had ended before' }
export const installCancelled = object({ id: text, status: endedStatus })

export const pullAnswer = object({ status: text, message: text, output: text })
export const cancelAnswer = object({ status: text, model: text })

export const gateAnswer = object({
  verdict: text,
  fit: textOrNull,
  needed_bytes: numberOrNull,
  available_bytes: numberOrNull,
  disk_needed_bytes: number,
  disk_free_bytes: numberOrNull,
  reasons: listOf(object({ code: text, message: text, overridable: flag })),
})
