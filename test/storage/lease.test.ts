import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { takeLease } from '../../storage/index.ts'
import { startPostgres, type TestPostgres } from '../fakes/postgres.ts'

describe('a lease on a SQLite file', () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quayside-lease-'))
  })

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  it('has one holder at a time', async () => {
    const url = `sqlite:${join(folder, 'quayside.db')}`
    const first = await takeLease(url)

    expect(first?.lost.aborted).toBe(false)
    expect(await takeLease(url)).toBeUndefined()
    await first?.release()

    const second = await takeLease(url)
    expect(second).toBeDefined()
    await second?.release()
  })
})

describe('a lease on PostgreSQL', () => {
  let server: TestPostgres
  let url: string

  beforeAll(async () => {
    server = await startPostgres()
  })

  afterAll(async () => {
    await server?.stop()
  })

  beforeEach(async () => {
    url = await server.createDatabase()
  })

  it('has one holder at a time', async () => {
    const first = await takeLease(url)

    expect(await takeLease(url)).toBeUndefined()
    await first?.release()

    const second = await takeLease(url)
    expect(second).toBeDefined()
    await second?.release()
  })

  it('is lost when the server ends its session, and can be taken again', async () => {
    const lease = await takeLease(url)

    await endLeaseSessions(url)

    await vi.waitFor(() => expect(lease?.lost.aborted).toBe(true))
    expect(lease?.lost.reason).toMatchObject({ kind: 'transient', code: 'lease-lost' })
    await lease?.release()
    const again = await takeLease(url)
    expect(again?.lost.aborted).toBe(false)
    await again?.release()
    expect(again?.lost.aborted).toBe(true)
  })

  it('is lost when the connection falls silent without an end', async () => {
    const line = await lineTo(url)
    const lease = await takeLease(line.url, { beatEveryMs: 50, answerWithinMs: 200 })
    expect(lease?.lost.aborted).toBe(false)

    line.fallSilent()

    await vi.waitFor(() => expect(lease?.lost.aborted).toBe(true), 5_000)
    await lease?.release()
  })
})

/** Ends every session that holds an advisory lock, as an administrator would. */
async function endLeaseSessions(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`select pg_terminate_backend(pid) from pg_locks
    where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`)
  await client.end()
}

/** A way to the server that can drop everything, as a firewall does that has forgotten the connection. */
async function lineTo(url: string): Promise<{ readonly url: string; fallSilent(): void }> {
  const { hostname, port } = new URL(url)
  const sockets: Socket[] = []
  const relay = createServer((near) => {
    const far = connect(Number(port), hostname)
    near.pipe(far).pipe(near)
    for (const socket of [near, far]) socket.on('error', () => socket.destroy())
    sockets.push(near, far)
  }).listen(0, '127.0.0.1')
  await once(relay, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    relay.close()
  })
  const address = relay.address()
  const throughRelay = new URL(url)
  throughRelay.host = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  return {
    url: throughRelay.href,
    fallSilent() {
      for (const socket of sockets) {
        socket.unpipe()
        socket.pause()
      }
    },
  }
}
