// Made from catalog/ by `npm run generate`. Do not edit: change the source and run it again.

import type { ProviderRow } from './types.js';

/** Providers in the order they are asked. */
export const PROVIDERS: readonly ProviderRow[] = [
  {"id":"ollama","name":"Ollama","api_style":"ollama","port":11434,"url_variable":"OLLAMA_HOST","managed":true,"models_directory":{"linux":"~/.ollama/models","darwin":"~/.ollama/models","win32":"~/.ollama/models"},"start_hint":"Start the Ollama app, or run \"ollama serve\".","source":"https://github.com/ollama/ollama/blob/fb30760996871fa9460115c753afd2c60d4ab0f7/docs/faq.mdx"},
  {"id":"lmstudio","name":"LM Studio","api_style":"lmstudio","port":1234,"url_variable":"LM_STUDIO_URL","token_variable":"LM_API_TOKEN","managed":true,"models_directory":{"linux":"~/.lmstudio/models","darwin":"~/.lmstudio/models","win32":"~/.lmstudio/models"},"start_hint":"Start the server in LM Studio's Developer tab, or run \"lms server start\".","source":"https://lmstudio.ai/docs/developer/core/authentication"},
  {"id":"llama-server","name":"llama.cpp llama-server","api_style":"openai","port":8080,"other_ports":[9931],"url_variable":"LLAMA_SERVER_URL","token_variable":"LLAMA_API_KEY","managed":true,"models_directory":{"linux":"~/.cache/llama.cpp","darwin":"~/Library/Caches/llama.cpp","win32":"~/AppData/Local/llama.cpp"},"start_hint":"Run \"llama-server -m FILE.gguf\".","source":"https://github.com/ggml-org/llama.cpp/blob/00dc8057ab28c9cb4c79a6dd6dfce07fe779f63b/tools/server/README.md"},
  {"id":"vllm","name":"vLLM","api_style":"openai","port":8000,"managed":false,"start_hint":"Run \"vllm serve MODEL\".","source":"https://docs.vllm.ai/en/v0.8.1/serving/openai_compatible_server.html"},
  {"id":"docker-model-runner","name":"Docker Model Runner","api_style":"openai","port":12434,"managed":false,"start_hint":"Enable it in Docker Desktop, with TCP access from the host.","source":"https://docs.docker.com/reference/cli/docker/desktop/enable/model-runner"},
  {"id":"jan","name":"Jan","api_style":"openai","port":1337,"managed":false,"start_hint":"Start the local API server in Jan's settings.","source":"https://jan.ai/docs/local-api"},
  {"id":"koboldcpp","name":"KoboldCpp","api_style":"openai","port":5001,"managed":false,"start_hint":"Run koboldcpp with a model file.","source":"https://github.com/LostRuins/koboldcpp/blob/0a2777cdf6c01b0703f7259e41780659ddd9bbdd/README.md"},
  {"id":"localai","name":"LocalAI","api_style":"openai","port":8080,"managed":false,"start_hint":"Run \"local-ai run MODEL\".","source":"https://localai.io/docs/basics/try/"},
  {"id":"mlx-lm","name":"MLX LM","api_style":"openai","port":8080,"managed":false,"start_hint":"Run \"mlx_lm.server --model MODEL\".","source":"https://github.com/ml-explore/mlx-lm/blob/0482ae434e0dff1665423a6a1f54ddb07e3dd684/mlx_lm/SERVER.md"},
  {"id":"text-generation-webui","name":"text-generation-webui","api_style":"openai","port":5000,"managed":false,"start_hint":"Start it with --api.","source":"https://github.com/oobabooga/text-generation-webui/blob/0c440877de5f4903cf6a568c905a24fd8f406d08/docs/12%20-%20OpenAI%20API.md"},
  {"id":"gpustack","name":"GPUStack","api_style":"openai","port":80,"other_ports":[443],"managed":false,"start_hint":"Start the GPUStack server; its API wants a key.","source":"https://github.com/gpustack/gpustack/blob/20dd003dfc9f893860c1bbb1ea9f4060f396a4e6/docs/installation/requirements.md"},
];
/** Context length for a model of which nothing is known, in tokens. */
export const DEFAULT_CONTEXT: number = 8192;
/** Context length that a model gets by default, in tokens, unless its maximum is less. */
export const USUAL_CONTEXT: number = 32768;
