import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFile, cp, mkdir, mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { runCli } from './run-cli.ts'

// What a start meets on a bad day, at the command that an operator gives. Every refusal leaves the files as they were.

const databaseName = 'mainspring.db'
/** Mounting is for root. */
const mounting = process.getuid?.() === 0 && canMount() ? describe : describe.skip
let root: string
/** The data of a hub that was used and ended in order. */
let used: string
/** The files of a hub that serves, as a kill would leave them: a good part of its data is in the journal alone. */
let torn: string
const mounted: string[] = []

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'mainspring-refused-'))
  used = join(root, 'used')
  torn = join(root, 'torn')
  await mkdir(torn, { mode: 0o700 })
  const { exit } = await start(used, async () => {
    for (const name of ['a', 'b', 'c'])
      expect((await runCli(['keys', 'create', '--name', name, '--data', used])).exit).toBe(0)
    for (const name of await readdir(used)) await copyFile(join(used, name), join(torn, name))
  })
  expect(exit).toBe(0)
})

afterAll(async () => {
  for (const path of mounted) execFileSync('umount', [path])
  await rm(root, { recursive: true })
})

/** Starts the hub, and ends it again where it came up. */
async function start(data: string, whileUp: (url: string) => Promise<void> = async () => undefined) {
  const interruption = new AbortController()
  let up: Promise<void> | undefined
  const run = await runCli(['start', '--json', '--no-sandbox', '--port', '0', '--data', data], {
    cwd: root,
    signal: interruption.signal,
    onOutput: (text) => {
      if (!text.endsWith('\n') || up !== undefined) return
      up = whileUp((JSON.parse(text) as { url: string }).url).finally(() => interruption.abort('SIGTERM'))
    },
  })
  await up
  return run
}

async function filesOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  // What SQLite keeps beside a file: an index of the journal, which it makes anew, and a journal that holds nothing.
  const isData = async (path: string) =>
    !path.endsWith('-shm') && !(path.endsWith('-wal') && (await stat(path)).size === 0)
  const hashes = entries.map(async (entry) => {
    const path = join(entry.parentPath, entry.name)
    if (!(await isData(path))) return []
    const bytes = entry.isFile() ? await readFile(path) : ''
    const hash = createHash('sha256').update(bytes).digest('hex')
    return [[path.slice(folder.length + 1), `${(await stat(path)).mode.toString(8)} ${hash}`]]
  })
  return Object.fromEntries((await Promise.all(hashes)).flat())
}

/** The start ends with this code as one line of JSON, and every file is as it was, to the byte. */
async function expectRefused(data: string, code: string): Promise<void> {
  const before = await filesOf(data)
  const { exit, stdout, stderr } = await start(data)
  expect({
    exit,
    stdout,
    stderr: stderr
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  }).toEqual({
    exit: 1,
    stdout: '',
    stderr: [{ error: expect.objectContaining({ code, message: expect.stringMatching(/\S/) }) }],
  })
  expect(await filesOf(data)).toEqual(before)
}

async function copyOf(source: string, name: string): Promise<string> {
  const data = join(root, name)
  await cp(source, data, { recursive: true, mode: 0 })
  return data
}

async function overwrite(path: string, at: number, bytes: Buffer): Promise<void> {
  const file = await open(path, 'r+')
  await file.write(bytes, 0, bytes.length, at)
  await file.close()
}

interface Case {
  readonly what: string
  readonly code: string
  readonly arrange: (database: string) => Promise<unknown>
}

const cases: readonly Case[] = [
  {
    what: 'a text under the name of the database',
    code: 'hub/store-damaged',
    arrange: (database) => writeFile(database, 'people,companies\n'.repeat(900)),
  },
  {
    what: 'a database whose head is overwritten',
    code: 'hub/store-damaged',
    arrange: (database) => overwrite(database, 0, Buffer.alloc(100, 0xee)),
  },
  {
    what: 'a database of which a table is overwritten',
    code: 'hub/store-damaged',
    async arrange(database) {
      const file = new DatabaseSync(database)
      const { page, size } = file
        .prepare(
          "select rootpage as page, page_size as size from sqlite_schema, pragma_page_size where name = 'migration'",
        )
        .get() as { page: number; size: number }
      file.close()
      await overwrite(database, (page - 1) * size, Buffer.alloc(size, 0xee))
    },
  },
  {
    what: 'a database that is cut off',
    code: 'hub/store-damaged',
    async arrange(database) {
      const file = await open(database, 'r+')
      await file.truncate(8192 + 100)
      await file.close()
    },
  },
  {
    what: 'a folder in the place of the database',
    code: 'hub/store-unreachable',
    async arrange(database) {
      await rm(database)
      await mkdir(database)
    },
  },
  {
    what: 'a database of another program',
    code: 'hub/store-damaged',
    async arrange(database) {
      await writeFile(database, '', { mode: 0o600 })
      const file = new DatabaseSync(database)
      file.exec("create table invoice (id text); insert into invoice values ('kept')")
      file.close()
    },
  },
  {
    what: 'a database of a later version',
    code: 'hub/store-newer',
    async arrange(database) {
      const file = new DatabaseSync(database)
      file.exec("insert into migration values ('9999-of-the-future', '2099-01-01T00:00:00.000Z')")
      file.close()
    },
  },
  {
    what: 'a master key that is gone',
    code: 'hub/master-key-missing',
    arrange: (database) => rm(join(database, '..', 'master.key')),
  },
]

test.each(cases)('$what: $code, and no byte is changed', async ({ what, code, arrange }) => {
  const data = await copyOf(used, what.replaceAll(' ', '-'))
  await arrange(join(data, databaseName))
  await expectRefused(data, code)
})

test('a database that another process holds: hub/store-busy, and no byte is changed', async () => {
  const data = await copyOf(used, 'held')
  const holder = new DatabaseSync(join(data, databaseName))
  holder.exec('pragma journal_mode = delete; begin exclusive')
  try {
    await expectRefused(data, 'hub/store-busy')
  } finally {
    holder.close()
  }
}, 30_000)

test('a file in the place of the data folder: hub/data-folder, and it stays', async () => {
  const path = join(root, 'a-file')
  await writeFile(path, 'kept')
  const { exit, stderr } = await start(path)
  expect([exit, JSON.parse(stderr)]).toMatchObject([1, { error: { code: 'hub/data-folder' } }])
  expect(await readFile(path, 'utf8')).toBe('kept')
})

describe('the journal of a hub that was killed', () => {
  const journalName = `${databaseName}-wal`

  /** Starts with this journal. @returns how many entries of the audit are there; they follow from each other */
  async function entriesWith(name: string, damage: (journal: string) => Promise<unknown>): Promise<number> {
    const data = await copyOf(torn, name)
    await damage(join(data, journalName))
    const started = await start(data)
    expect({ exit: started.exit, stderr: started.stderr }).toEqual({ exit: 0, stderr: '' })
    const { exit, stdout } = await runCli(['audit', 'verify', '--json', '--data', data])
    expect({ exit, verdict: JSON.parse(stdout) }).toMatchObject({ exit: 0, verdict: { intact: true } })
    expect((await runCli(['vault', 'verify', '--data', data])).exit).toBe(0)
    const { projects } = JSON.parse(stdout) as { projects: { entries: number }[] }
    return projects.reduce((sum, { entries }) => sum + entries, 0)
  }

  test('is taken up whole; of one that is damaged near its end, all before the damage, and nothing half', async () => {
    const { size } = await stat(join(torn, journalName))
    const whole = await entriesWith('whole-journal', async () => undefined)
    const damaged = await entriesWith('damaged-journal', (journal) =>
      overwrite(journal, size - 6_000, Buffer.alloc(64, 0xee)),
    )
    // The key that was made last, and the two before are there.
    expect(damaged).toBe(whole - 1)
  }, 30_000)
})

mounting('a disk of its own (mounted as root)', () => {
  async function mount(name: string, options: string): Promise<string> {
    const path = join(root, name)
    await mkdir(path)
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path])
    mounted.push(path)
    return path
  }

  test('read-only: hub/store-read-only, and no byte is changed', async () => {
    const disk = await mount('read-only', 'size=16m')
    await cp(used, join(disk, 'data'), { recursive: true })
    execFileSync('mount', ['-o', 'remount,ro', disk])
    await expectRefused(join(disk, 'data'), 'hub/store-read-only')
  })

  test('read-only and new: hub/data-folder, and nothing is made', async () => {
    const disk = await mount('read-only-new', 'size=1m,ro')
    const { exit, stderr } = await start(join(disk, 'data'))
    expect([exit, JSON.parse(stderr)]).toMatchObject([1, { error: { code: 'hub/data-folder' } }])
  })

  test('full: hub/store-full, every byte is as it was, and it starts again once there is room', async () => {
    const disk = await mount('full', 'size=16m')
    const data = join(disk, 'data')
    await cp(used, data, { recursive: true })
    await fill(join(disk, 'filler'))
    await expectRefused(data, 'hub/store-full')
    await rm(join(disk, 'filler'))
    expect((await start(data)).exit).toBe(0)
  })

  test('full and new: a coded refusal, and the next start is as if there had been none', async () => {
    const disk = await mount('full-new', 'size=16m')
    const data = join(disk, 'data')
    await fill(join(disk, 'filler'))
    const { exit, stderr } = await start(data)
    expect([exit, JSON.parse(stderr)]).toMatchObject([1, { error: { code: 'hub/master-key-unusable' } }])
    expect(await readdir(data)).toEqual([])
    await rm(join(disk, 'filler'))
    expect(await start(data)).toMatchObject({ exit: 0, stderr: '' })
  })
})

/** Writes until nothing more fits. */
async function fill(path: string): Promise<void> {
  const file = await open(path, 'w')
  for (const size of [1 << 20, 4096, 1]) {
    try {
      for (;;) await file.write(Buffer.alloc(size))
    } catch (error) {
      expect(error).toMatchObject({ code: 'ENOSPC' })
    }
  }
  await file.close()
}

/** A container may be root and still not be let. */
function canMount(): boolean {
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', tmpdir()], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
