import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { MAX_FILE_BYTES } from './decode-text.js'
import type { Diagnostic } from './diagnostic.js'
import { sortedBy } from './order.js'

export interface Tree {
  /** Bytes by path relative to the root, with `/`, sorted. */
  files: Map<string, Uint8Array>
  diagnostics: Diagnostic[]
}

/** Every file below a folder. Links are refused: they could bring in anything from outside the repository. */
export function readTree(root: string, folder: string): Tree {
  const tree: Tree = { files: new Map(), diagnostics: [] }
  readFolder(root, folder, tree)
  tree.files = new Map(sortedBy(tree.files, ([path]) => path))
  return tree
}

function readFolder(root: string, folder: string, tree: Tree): void {
  const stat = lstatSync(join(root, folder), { throwIfNoEntry: false })
  if (!stat?.isDirectory()) {
    tree.diagnostics.push(
      problem(folder, 'path/layout', 'the folder is missing', 'restore it from the repository'),
    )
    return
  }
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`
    if (entry.name.startsWith('.') || /^readme\.md$/i.test(entry.name)) continue
    if (entry.isDirectory()) readFolder(root, path, tree)
    else if (entry.isFile()) readOne(root, path, tree)
    else tree.diagnostics.push(notAFile(path, entry.isSymbolicLink()))
  }
}

function readOne(root: string, path: string, tree: Tree): void {
  const { size } = lstatSync(join(root, path))
  if (size <= MAX_FILE_BYTES) {
    tree.files.set(path, readFileSync(join(root, path)))
    return
  }
  tree.diagnostics.push(
    problem(
      path,
      'yaml/too-large',
      `the file has ${size} bytes; ${MAX_FILE_BYTES} are allowed`,
      'one entry is about 10 kB: is this another file, pasted or renamed?',
    ),
  )
}

function notAFile(path: string, isLink: boolean): Diagnostic {
  return problem(
    path,
    'path/link',
    isLink ? 'the file is a symbolic link' : 'this is no regular file',
    'replace it by a file with the content itself',
  )
}

function problem(file: string, rule: string, message: string, hint: string): Diagnostic {
  return { rule, severity: 'error', file, line: 1, col: 1, message, hint }
}
