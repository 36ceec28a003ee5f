import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { almanacHome, SettingsFile } from '../../src/registry/index.js'

const run = promisify(execFile)
/** Saves of each process; 1,000 in the long run. */
const ROUNDS = Number(process.env['ALMANAC_SAVE_ROUNDS'] ?? 60)

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'almanac-settings-'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

const change = (key: string, tokens: number | null) => ({ context: { key, tokens } })

describe('SettingsFile', () => {
  it('keeps what is saved, for the next one who opens it', async () => {
    await new SettingsFile(home).change(change('a:1b', 4096))
    await new SettingsFile(home).change({ selected: { name: 'a', provider: 'ollama', model: null } })
    const settings = await new SettingsFile(home).read()
    expect(Object.fromEntries(settings.contexts)).toEqual({ 'a:1b': 4096 })
    expect(settings.selected).toEqual({ name: 'a', provider: 'ollama', model: null })
    expect(settings.warnings).toEqual([])
    expect(await readdir(home)).toEqual(['settings.json'])
  })

  it('is empty and creates nothing where nothing was saved', async () => {
    const settings = await new SettingsFile(join(home, 'none')).read()
    expect([settings.contexts.size, settings.selected]).toEqual([0, null])
    expect(await readdir(home)).toEqual([])
  })

  it('forgets what is removed and keeps what it does not know', async () => {
    const file = new SettingsFile(home)
    await writeFile(file.path, JSON.stringify({ theme: 'dark', contexts: { a: 1, b: 'x', __proto__: 2 } }))
    await file.change(change('a', null))
    const text: unknown = JSON.parse(await readFile(file.path, 'utf8'))
    expect(text).toMatchObject({ theme: 'dark', contexts: { b: 'x' } })
    expect((await file.read()).contexts.size).toBe(0)
  })

  it('takes any key, also those that objects have of their own', async () => {
    const file = new SettingsFile(home)
    for (const key of ['__proto__', 'constructor', 'toString']) await file.change(change(key, 5))
    expect([...(await file.read()).contexts]).toEqual([
      ['__proto__', 5],
      ['constructor', 5],
      ['toString', 5],
    ])
  })

  it.each(['', '{"contexts": {', '[]', 'null', '{"contexts": 5}', '\u0000'.repeat(10)])(
    'moves the damaged text %j aside and says where',
    async (text) => {
      const file = new SettingsFile(home)
      await writeFile(file.path, text)
      const { contexts, warnings } = await file.read()
      expect(contexts.size).toBe(0)
      const [aside] = await readdir(home)
      expect(aside).toMatch(/^settings\.json\.corrupt-\d{4}-\d\d-\d\dT/)
      expect(await readFile(join(home, aside ?? ''), 'utf8')).toBe(text)
      expect(warnings[0]).toContain(aside)
    },
  )

  it('keeps two damaged files apart', async () => {
    const file = new SettingsFile(home)
    for (const text of ['first', 'second']) {
      await writeFile(file.path, text)
      expect((await file.change(change('a', 1))).warnings).toHaveLength(1)
    }
    expect((await readdir(home)).filter((name) => name.includes('.corrupt-'))).toHaveLength(2)
    expect((await file.read()).contexts.get('a')).toBe(1)
  })

  it('refuses to change what a newer version wrote', async () => {
    const file = new SettingsFile(home)
    await writeFile(file.path, '{"format":"llm-almanac-settings/2","contexts":{}}')
    await expect(file.change(change('a', 1))).rejects.toMatchObject({ code: 'BAD_FILE' })
  })

  it('says what is wrong where the folder cannot be used', async () => {
    await writeFile(join(home, 'file'), '')
    const file = new SettingsFile(join(home, 'file'))
    await expect(file.change(change('a', 1))).rejects.toMatchObject({ code: 'FILE_ERROR' })
    await expect(file.read()).rejects.toMatchObject({ code: 'FILE_ERROR' })
  })

  it('loses none of many changes made at once by several in one process', async () => {
    const files = [new SettingsFile(home), new SettingsFile(home), new SettingsFile(home)]
    await Promise.all(
      Array.from({ length: 45 }, (_, index) => files[index % 3]?.change(change(`k${index}`, index + 1))),
    )
    expect((await files[0]?.read())?.contexts.size).toBe(45)
  })

  it('loses none of what two processes save at the same time', async () => {
    const script = join(import.meta.dirname, 'save-contexts.ts')
    const save = (prefix: string) =>
      run(process.execPath, ['--import', 'tsx', script, home, prefix, String(ROUNDS)])
    await Promise.all([save('a'), save('b')])
    const { contexts } = await new SettingsFile(home).read()
    expect(contexts.size).toBe(2 * ROUNDS)
    expect(await readdir(home)).toEqual(['settings.json'])
  }, 120_000)
})

describe('a left-over lock', () => {
  it('of a process that is gone does not block', async () => {
    const gone = await new Promise<number>((resolve) => {
      const child = execFile(process.execPath, ['-e', ''], () => resolve(child.pid ?? 0))
    })
    await writeFile(join(home, 'settings.json.lock'), `${hostname()}\n${gone}\nx`)
    await new SettingsFile(home).change(change('a', 1))
    expect(await readdir(home)).toEqual(['settings.json'])
  })

  it.each(['another-machine\n1\nx', ''])('that says %j does not block once it is old', async (owner) => {
    const lock = join(home, 'settings.json.lock')
    await writeFile(lock, owner)
    await utimes(lock, new Date(0), new Date(0))
    await new SettingsFile(home).change(change('a', 1))
    expect(await readdir(home)).toEqual(['settings.json'])
  })

  it('of the one who breaks locks does not block either', async () => {
    for (const name of ['settings.json.lock', 'settings.json.lock.break']) {
      await writeFile(join(home, name), 'another-machine\n1\nx')
      await utimes(join(home, name), new Date(0), new Date(0))
    }
    await new SettingsFile(home).change(change('a', 1))
    expect(await readdir(home)).toEqual(['settings.json'])
  })

  it('of a living process is waited for', async () => {
    const lock = join(home, 'settings.json.lock')
    await writeFile(lock, `${hostname()}\n${process.pid}\nx`)
    const changing = new SettingsFile(home).change(change('a', 1))
    const first = await Promise.race([
      changing.then(() => 'changed'),
      new Promise((done) => setTimeout(done, 100, 'waits')),
    ])
    expect(first).toBe('waits')
    await rm(lock)
    expect((await changing).contexts.get('a')).toBe(1)
  })
})

describe('almanacHome', () => {
  it.each([
    [{}, 'linux', '/home/me', '/home/me/.local/share/llm-almanac'],
    [{ XDG_DATA_HOME: '/data' }, 'linux', '/home/me', '/data/llm-almanac'],
    [{ XDG_DATA_HOME: 'relative' }, 'linux', '/home/me', '/home/me/.local/share/llm-almanac'],
    [{ LLM_ALMANAC_HOME: '/own' }, 'linux', '/home/me', '/own'],
    [{ LLM_ALMANAC_HOME: ' ' }, 'linux', '/home/me', '/home/me/.local/share/llm-almanac'],
    [{}, 'darwin', '/Users/me', '/Users/me/Library/Application Support/llm-almanac'],
    [{ LOCALAPPDATA: 'C:\\Local' }, 'win32', 'C:\\me', 'C:\\Local\\llm-almanac'],
    [{}, 'win32', 'C:\\me', 'C:\\me\\AppData\\Local\\llm-almanac'],
  ] as const)('with %j on %s is below %s: %s', (env, platform, user, expected) => {
    expect(almanacHome(env, platform, user)).toBe(expected)
  })
})
