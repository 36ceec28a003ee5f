import { basename, join } from 'node:path'
import { gateOf } from '../install/check-gate.js'
import { chooseProvider } from '../install/install.js'
import type { InstallOptions } from '../install/install.js'
import type { InstallDeps } from '../install/install-deps.js'
import { fetchAll } from '../install/install-file.js'
import { parseInstallTarget } from '../install/install-target.js'
import type { InstallTarget } from '../install/install-target.js'
import { formatGb } from '../units.js'

/** What an install would do, without doing it. */
export async function describeDryRun(
  spec: string,
  options: InstallOptions,
  { deps, json }: { deps: InstallDeps; json: boolean },
): Promise<string> {
  const target = await parseInstallTarget(spec, deps.findNamed)
  const provider = options.provider ?? (await chooseProvider(target, deps))
  const gate = target.model ? await gateOf(target, { ...options, provider }, deps) : null
  const files = provider === 'file' ? await fetchFiles(target, options, deps) : []
  const bytes = files.length > 0 ? files.reduce((sum, file) => sum + file.bytes, 0) : target.bytes
  if (json) {
    return `${JSON.stringify({ type: 'dry_run', model: target.label, quantization: target.quantization, provider, name: target.ollama_name, files, total_bytes: bytes, gate })}\n`
  }
  const lines = files.map((file) => `${file.path}  ${formatGb(file.bytes)}  sha256 ${file.sha256}`)
  if (files.length === 0)
    lines.push(
      `${target.ollama_name ?? target.label} with ${provider}${bytes === null ? '' : `, ${formatGb(bytes)}`}`,
    )
  for (const reason of gate?.reasons ?? []) lines.push(`! ${reason.message}`)
  return `${lines.join('\n')}\nNothing was downloaded (--dry-run).\n`
}

async function fetchFiles(target: InstallTarget, options: InstallOptions, deps: InstallDeps) {
  const folder = options.dir ?? join(deps.home, 'models')
  const files = await fetchAll({ target, hub: deps.hub, signal: deps.signal })
  return files.map(({ name, url, bytes, sha256 }) => ({
    name,
    path: join(folder, basename(name)),
    url,
    bytes,
    sha256,
  }))
}
