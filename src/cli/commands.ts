import type { Command } from './command.js'

interface Entry {
  summary: string
  load(): Promise<Command>
}

/** All commands in the order of the help. Each is loaded when called: start-up stays short. */
export const COMMANDS: Readonly<Record<string, Entry>> = {
  recommend: {
    summary: 'rank the models that run well on this machine (the default)',
    load: async () => (await import('./commands/recommend.js')).recommendCommand,
  },
  hardware: {
    summary: 'show the machine: GPUs, free memory, RAM',
    load: async () => (await import('./commands/hardware.js')).hardwareCommand,
  },
  models: {
    summary: 'list the catalog, or search it',
    load: async () => (await import('./commands/models.js')).modelsCommand,
  },
  show: {
    summary: 'show one model: builds, evidence, sources',
    load: async () => (await import('./commands/show.js')).showCommand,
  },
  estimate: {
    summary: 'forecast memory, component by component',
    load: async () => (await import('./commands/estimate.js')).estimateCommand,
  },
  resolve: {
    summary: "say which catalog model a provider's name means",
    load: async () => (await import('./commands/resolve.js')).resolveCommand,
  },
  installed: {
    summary: 'list what Ollama, LM Studio and llama-server hold',
    load: async () => (await import('./commands/installed.js')).installedCommand,
  },
  install: {
    summary: 'check that a model runs here, then download it',
    load: async () => (await import('./commands/install.js')).installCommand,
  },
  uninstall: {
    summary: 'remove exactly one model from its provider',
    load: async () => (await import('./commands/uninstall.js')).uninstallCommand,
  },
  context: {
    summary: "show, set or reset a model's saved context length",
    load: async () => (await import('./commands/context.js')).contextCommand,
  },
  serve: {
    summary: 'serve the HTTP API and the web page',
    load: async () => (await import('./commands/serve.js')).serveCommand,
  },
}

export async function loadCommand(name: string): Promise<Command | undefined> {
  return Object.hasOwn(COMMANDS, name) ? COMMANDS[name]?.load() : undefined
}
