import { expect, it } from 'vitest'
import { checkEdited, EXPERTS, linesOf, replace } from './edit-catalog.js'

/** What the fixture's build in Q4_K_M brings with another publisher and size. */
const as = (repo: string, bytes: number): string[] =>
  linesOf(
    checkEdited({
      [EXPERTS]: replace(
        /repo: Qwen\/Qwen3-30B-A3B-GGUF\n {4}files:\n {6}- name: Qwen3-30B-A3B-Q4_K_M.gguf\n {4}bytes_shown: 18.6 GB\n {4}source: \S+/,
        `repo: ${repo}\n    files:\n      - name: Qwen3-30B-A3B-Q4_K_M.gguf\n        bytes: ${bytes}\n    source: https://huggingface.co/${repo}`,
      ),
    }),
    EXPERTS,
  )

/** 0.9 percent above llama.cpp's own size, 0.5 above that of the branch. */
const BRANCH = 18_724_000_000

it('accepts the size of a publisher whose recipe is known', () => {
  expect(as('bartowski/Qwen_Qwen3-30B-A3B-GGUF', BRANCH)).toEqual([])
})

it('warns of the same size from anyone else', () => {
  expect(as('Qwen/Qwen3-30B-A3B-GGUF', BRANCH)).toEqual([
    expect.stringMatching(/warning plausible\/file-size: 18\.72 GB/),
  ])
})

it('finds a size that no recipe of the publisher gives', () => {
  expect(as('bartowski/Qwen_Qwen3-30B-A3B-GGUF', 20_000_000_000)).toEqual([
    expect.stringMatching(/plausible\/unit: 20\.00 GB/),
  ])
})
