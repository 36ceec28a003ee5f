import { GPU, HOST, UNDECIDED, Tensor, type MaybeSide, type Side } from './tensor.js'

/**
 * Splits a graph between the GPU and the host as ggml's scheduler does, and adds the copies that cross
 * over. Nodes come with `side` set where a weight or a cache decides it; the rest follow their neighbours.
 *
 * Source: llama.cpp v0.5.0, ggml_backend_sched_split_graph in ggml/src/ggml-backend.cpp.
 *
 * @param keep - Tensors that must outlive the node after which they are listed (fused kernels).
 * @returns The nodes in order of execution with copies and dependencies between them.
 */
export function scheduleGraph(
  nodes: readonly Tensor[],
  keep: ReadonlyMap<Tensor, readonly Tensor[]>,
): Tensor[] {
  if (nodes.some((node) => node.side === UNDECIDED && !node.isView)) decideSides(nodes)
  return splitGraph(nodes, keep)
}

/** Passes 2 and 3: a decided side spreads to its neighbours, the GPU's first. */
export function decideSides(nodes: readonly Tensor[]): void {
  const work = nodes.filter((node) => !node.isView)
  const backwards = work.toReversed()
  spread(work, false)
  spread(backwards, false)
  spread(work, true)
  spread(backwards, true)
  for (const node of work) {
    if (node.side === UNDECIDED) node.side = node.gpuCannot ? HOST : GPU
  }
}

function spread(nodes: readonly Tensor[], hostToo: boolean): void {
  let side: MaybeSide = UNDECIDED
  for (const node of nodes) {
    if (node.side !== UNDECIDED) side = node.side === HOST && !hostToo ? UNDECIDED : node.side
    else if (side === HOST || (side !== UNDECIDED && !node.gpuCannot)) node.side = side
  }
}

function sideOf(tensor: Tensor, reader: Side): Side {
  if (tensor.root) return sideOf(tensor.root, reader)
  if (tensor.side !== UNDECIDED) return tensor.side
  if (tensor.isInput && !tensor.isLeaf) return HOST
  tensor.side = reader
  return reader
}

/** Passes 4 and 5: parts of one side each; what a part reads from the other side is copied at its start. */
function splitGraph(nodes: readonly Tensor[], keep: ReadonlyMap<Tensor, readonly Tensor[]>): Tensor[] {
  const out: Tensor[] = []
  let current: MaybeSide = UNDECIDED
  let copies: Tensor[] = []
  let part: Tensor[] = []
  const flush = () => {
    for (const copy of copies) out.push(copy)
    for (const node of part) pushNode(out, node, keep)
    copies = []
    part = []
  }
  for (const node of nodes) {
    if (node.isView) {
      part.push(node)
      continue
    }
    const side = node.side === UNDECIDED ? GPU : node.side
    if (
      current !== UNDECIDED &&
      (side !== current || (node.hostWeight && side !== HOST && copies.length > 0))
    ) {
      flush()
    }
    current = side
    copySources(node, side, copies)
    part.push(node)
  }
  flush()
  for (const node of out) if (node.side === UNDECIDED) node.side = node.root ? sideOf(node.root, GPU) : GPU
  return out
}

function pushNode(out: Tensor[], node: Tensor, keep: ReadonlyMap<Tensor, readonly Tensor[]>): void {
  out.push(node)
  const kept = keep.get(node)
  if (!kept) return
  const dependency = new Tensor([...kept], node.shape, { bytes: 0, root: kept[0] ?? node })
  dependency.keepsOnly = true
  dependency.side = node.side
  out.push(dependency)
}

function copySources(node: Tensor, side: Side, copies: Tensor[]): void {
  for (let i = 0; i < node.sources.length; i++) {
    const source = node.sources[i]
    if (!source || sideOf(source, side) === side) continue
    node.sources[i] = source.copies?.[side] ?? copyOf(source, side, copies)
  }
}

function copyOf(source: Tensor, side: Side, copies: Tensor[]): Tensor {
  const copy = new Tensor([], source.shape, { bytes: source.bytes + source.gap_bytes })
  copy.gpu_bytes = source.gpu_bytes + source.gap_bytes
  copy.side = side
  copy.isCopy = true
  source.copies ??= []
  source.copies[side] = copy
  const dependency = new Tensor([source], source.shape, { bytes: 0, root: source.root ?? source })
  dependency.keepsOnly = true
  dependency.side = sideOf(source, HOST)
  copies.push(dependency, copy)
  return copy
}
