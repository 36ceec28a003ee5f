const NAMES: Readonly<Record<string, string>> = {
  ollama: 'Ollama',
  lmstudio: 'LM Studio',
  'llama-server': 'llama-server',
  vllm: 'vLLM',
  'docker-model-runner': 'Docker Model Runner',
  jan: 'Jan',
  koboldcpp: 'KoboldCpp',
  localai: 'LocalAI',
  'mlx-lm': 'mlx_lm.server',
  'text-generation-webui': 'text-generation-webui',
  gpustack: 'GPUStack',
}

/** Name for people of a server that `recogniseServer` knows. */
export function serverName(id: string): string {
  return (Object.hasOwn(NAMES, id) ? NAMES[id] : undefined) ?? id
}
