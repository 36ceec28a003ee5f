import { describe, expect, it } from 'vitest'
import { COMMANDS, loadCommand } from '../../src/cli/commands.js'
import { commandHelp, overviewHelp } from '../../src/cli/help.js'
import { runCli } from '../../src/cli/run-cli.js'
import { fakeIo } from './fake-io.js'

async function run(...argv: string[]) {
  const io = fakeIo()
  return { code: await runCli(argv, io), out: io.stdout(), err: io.stderr() }
}

describe('runCli', () => {
  it('says what a mistyped command was probably meant to be', async () => {
    expect(await run('recomend')).toEqual({
      code: 2,
      out: '',
      err: 'llm-almanac: there is no command "recomend"; did you mean "recommend"?\n',
    })
  })

  it.each([
    [['models', '--jsn'], 'llm-almanac: models has no option --jsn; did you mean --json?\n'],
    [
      ['estimate', 'qwen3:8b', '--context', '-5'],
      'llm-almanac: --context has no value, or one that begins with a dash; write --context=VALUE\n',
    ],
    [['estimate', 'qwen3:8b', '--context'], 'llm-almanac: --context has no value; add one\n'],
    [['uninstall', 'qwen3:8b', '--yes=no'], 'llm-almanac: --yes takes no value; leave it out\n'],
    [
      ['estimate', 'qwen3:8b', '--context', 'lots'],
      'llm-almanac: --context takes a whole number from 1 to 16777216, got "lots"\n',
    ],
    [
      ['estimate', 'qwen3:8b', '--kv-type', 'q8'],
      'llm-almanac: --kv-type takes one of f32, f16, bf16, q8_0, q5_1, q5_0, q4_1, q4_0, iq4_nl, got "q8"; did you mean "q8_0"?\n',
    ],
    [
      ['recommend', 'qwen3:8b'],
      'llm-almanac: recommend takes no argument, got "qwen3:8b"; llm-almanac recommend --help lists its options\n',
    ],
    [['show'], 'llm-almanac: show takes one MODEL[@QUANT]; llm-almanac models lists them\n'],
    [['install', 'hf:a/b/../c.gguf'], undefined],
    [
      ['installed', '--provider', 'olama'],
      'llm-almanac: --provider takes one of ollama, lmstudio, llama-server, got "olama"; did you mean "ollama"?\n',
    ],
  ])('exits with 2 and one line for %j', async (argv, line) => {
    const { code, out, err } = await run(...argv)
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err).toMatch(/^llm-almanac: [^\n]+\n$/)
    if (line !== undefined) expect(err).toBe(line)
  })

  it('exits with 1 for a model that the catalog does not have, and suggests one', async () => {
    const { code, err } = await run('show', 'qwen3:8bb')
    expect(code).toBe(1)
    expect(err).toBe('llm-almanac: no model "qwen3:8bb" in the catalog; did you mean "qwen3:8b"?\n')
  })

  it.each([
    [['install', 'nobody:7b', '--provider', 'file'], 'UNKNOWN_MODEL'],
    [['install', 'hf:a/b/../c.gguf'], 'BAD_USAGE'],
    [['install', '--bogus'], 'BAD_USAGE'],
  ])('ends the lines of %j with one object of type error', async (argv, code) => {
    const { out } = await run(...argv, '--json')
    expect(out.trim().split('\n')).toHaveLength(1)
    expect(JSON.parse(out)).toMatchObject({ type: 'error', code, message: expect.any(String) })
    expect(Object.keys(JSON.parse(out) as object)).toEqual(['type', 'code', 'message', 'hint'])
  })

  it('prints errors as JSON where JSON was asked for', async () => {
    const { code, out } = await run('show', 'qwen3:8b@Q9_K', '--json')
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      error: { code: 'UNKNOWN_BUILD', hint: expect.stringContaining('Q4_K_M') },
    })
  })

  it('never lets a name from outside move the cursor', async () => {
    const { err } = await run('show', 'evil\u001b[2J\nname')
    expect(err.slice(0, -1)).not.toMatch(/[\u0000-\u001f]/)
  })

  it('prints the version of the package', async () => {
    expect((await run('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})

describe('help', () => {
  it('fits 80 columns, for all commands', async () => {
    const texts = [overviewHelp()]
    for (const name of Object.keys(COMMANDS)) {
      const command = await loadCommand(name)
      if (command) texts.push(commandHelp(command))
    }
    expect(texts).toHaveLength(Object.keys(COMMANDS).length + 1)
    for (const line of texts.join('\n').split('\n')) expect(line.length, line).toBeLessThanOrEqual(80)
  })

  it('is what --help prints, with or without other options', async () => {
    const { out, code } = await run('estimate', '--context', '5', '--help')
    expect(code).toBe(0)
    expect(out).toContain('Usage: llm-almanac estimate MODEL[@QUANT] | FILE.gguf | hf:OWNER/REPO/FILE.gguf')
  })
})

describe('models', () => {
  it('finds by id, name, family and publisher, every word of the query', async () => {
    const found: unknown = JSON.parse((await run('models', 'alibaba', 'coder', '--json')).out)
    expect(Array.isArray(found) && found.length).toBeGreaterThan(2)
    expect(JSON.stringify(found)).not.toContain('"llama')
  })
  it('exits with 1 where nothing matches', async () =>
    expect((await run('models', 'nosuchmodel')).code).toBe(1))
  it('fits 80 columns', async () => {
    for (const line of (await run('models')).out.split('\n'))
      expect(line.length, line).toBeLessThanOrEqual(80)
  })
})

describe('resolve', () => {
  it('answers one object a line, in the order of the names', async () => {
    const { out, code } = await run('resolve', '--json', 'llama3.2:latest', 'dolphin-mixtral')
    const answers = out
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line))
    expect(code).toBe(0)
    expect(answers).toEqual([
      {
        name: 'llama3.2:latest',
        model: 'llama3.2:3b',
        quantization: 'Q4_K_M',
        confidence: 'exact',
        kind: 'chat',
      },
      { name: 'dolphin-mixtral', model: null, quantization: null, confidence: 'none', kind: 'unknown' },
    ])
  })
  it('reads names from standard input', async () => {
    const io = fakeIo({
      readStdin: async function* () {
        yield 'qwen3:8b\nnobody:7b\n'
      },
    })
    expect(await runCli(['resolve', '--stdin'], io)).toBe(0)
    expect(io.stdout().trim().split('\n')).toHaveLength(2)
  })
  it('answers every line, the empty and the odd too, each on a line of its own for every reader', async () => {
    const names = ['qwen3:8b', '', 'a\u2028b\u0085c', '\ud83e\udd99', 'x'.repeat(10_000)]
    const io = fakeIo({
      readStdin: async function* () {
        yield Buffer.from(names.join('\r\n'))
      },
    })
    expect(await runCli(['resolve', '--stdin', '--json'], io)).toBe(0)
    const lines = io
      .stdout()
      .trimEnd()
      .split(/[\n\v\f\r\u0085\u2028\u2029]/)
    expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject(names.map((name) => ({ name })))
  })
  it('prints no faster than a slow reader reads', async () => {
    const open: (() => void)[] = []
    const io = fakeIo({ drained: () => new Promise((resolve) => open.push(resolve)) })
    const done = runCli(['resolve', 'qwen3:8b', 'qwen3:4b', 'nobody:7b'], io)
    for (const printed of [1, 2, 3]) {
      await expect.poll(() => open.length).toBe(1)
      expect(io.stdout().split('\n')).toHaveLength(printed + 1)
      open.pop()?.()
    }
    expect(await done).toBe(0)
  })
  it('says with exit code 1 that it knows none of the names', async () => {
    const { out, code } = await run('resolve', '--json', '', 'dolphin-mixtral')
    expect(code).toBe(1)
    expect(out.trim().split('\n')).toHaveLength(2)
  })
})
