import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importDemoCatalog } from '../../bench/stored-orders.ts'
import type { AuditResult } from '../../core/audit/audit.ts'
import type { LedgerOrder, LedgerOutbound, LedgerRequest } from '../../core/audit/ledger.ts'
import { type OrderDocument, orderDocument } from '../../core/model/document.ts'
import type { Dossier } from '../../core/planning/dossier.ts'
import { addMs, type Instant } from '../../core/value/instant.ts'
import { systemClock } from '../../daemon/system.ts'
import {
  brokenAnswerOf,
  type LimitMode,
  type NewOrder,
  type OrderChange,
  type ServedSimulation,
  serveSimulation,
} from '../../sandbox/index.ts'
import type { AdvanceOptions } from '../../sandbox/simulated.ts'
import { type OpenStorage, openStorage, parseKey } from '../../storage/index.ts'
import { changeYaml, writeConfiguration } from './configuration.ts'
import { auditNow, dossiersOf } from './evidence.ts'
import { type Finished, type RunningProcess, runCommand, startCommand, startThroughNpm } from './processes.ts'
import { purchase } from './purchases.ts'
import { openSandboxes, type PlatformName, type Sandboxes, shopOf, warehouseAccount } from './sandboxes.ts'

/** eBay is not asked for its last two seconds. */
const aMomentMs = 5_000

export interface HouseOptions {
  /** Shops of the demo; one of each platform when absent. */
  readonly shops?: readonly string[]
  readonly limits?: LimitMode
  /** Time between probes of an open outcome, for every shop and the warehouse. */
  readonly settle?: string
  readonly pollEvery?: string
  /** Store the demo's catalog first; true when absent. */
  readonly withCatalog?: boolean
  /** A SQLite file in the house's folder when absent. */
  readonly databaseUrl?: string
}

/** The product in processes of its own, between simulated marketplaces and a simulated warehouse over real HTTP. */
export interface House extends Sandboxes {
  /** Configuration, key and database of this house alone. */
  readonly folder: string
  readonly databaseFile: string
  /** Encrypts the personal data; the processes find it in their environment. */
  readonly key: string
  readonly since: Instant
  /** Runs an npm script to its end. */
  run(name: string, ...commandArguments: readonly string[]): Promise<Finished>
  /** Runs an npm script that must end with 0 and prints one JSON document. */
  json<Document>(name: string, ...commandArguments: readonly string[]): Promise<Document>
  /** Starts an npm script with more in its environment; `close` ends it if nobody has. */
  start(name: string, commandArguments?: readonly string[], environment?: Readonly<Record<string, string>>): RunningProcess
  /** The daemon as `npm start` starts it, with npm and its shell around it. */
  startThroughNpm(): RunningProcess
  /** Everything that any process of this house has said. */
  everythingSaid(): string
  /** Tokens that were sent to the simulated servers so far. */
  readonly tokensSeen: ReadonlySet<string>
  /** Resolves when a server has executed a request and will never answer it. */
  requestLeftHanging(): Promise<void>
  /** Bought a moment ago, so that the next poll of every platform sees it; at the platform's usual shop when none is named. */
  place(platform: PlatformName, changes?: Partial<NewOrder>, shop?: string): string
  change(platform: PlatformName, platformOrderId: string, change: OrderChange): void
  /** Lets the warehouse work; through to shipped when no goal is given. */
  advance(options?: AdvanceOptions): number
  editYaml<File>(file: string, edit: (file: File) => void): Promise<void>
  /** Opens the database, reads, and closes it again, so that no process finds it open. */
  read<T>(work: (storage: OpenStorage) => Promise<T>): Promise<T>
  dossiers(): Promise<readonly Dossier[]>
  /** Order documents as `orders list --json --pii` gives them. */
  documents(): Promise<readonly OrderDocument[]>
  document(platformOrderId: string): Promise<OrderDocument>
  audit(): Promise<AuditResult>
  /** Write calls that marketplaces and warehouse were asked for so far. */
  writes(): readonly LedgerRequest[]
  ledgerOrder(platform: PlatformName, platformOrderId: string): LedgerOrder
  outbounds(): readonly LedgerOutbound[]
  close(): Promise<void>
}

export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const { shops = Object.values(shopOf), limits = 'open', settle = '200ms', pollEvery = '1s', withCatalog = true } = options
  const since = addMs(systemClock.now(), -3_600_000)
  const sandboxes = openSandboxes({ shops, limits, now: systemClock.now })
  const listening = listener()
  const served = await serveAll(sandboxes, listening)
  const folder = await mkdtemp(join(tmpdir(), 'quayside-house-'))
  const databaseFile = join(folder, 'quayside.db')
  const databaseUrl = options.databaseUrl ?? `sqlite:${databaseFile}`
  const key = randomBytes(32).toString('base64')
  const configFolder = join(folder, 'config')
  const { shopSettings, warehouseSettings } = sandboxes
  const endpoints = Object.fromEntries(Object.entries(served).map(([name, { url }]) => [name, url]))
  const isThrottled = limits === 'published'
  await writeConfiguration({
    folder: configFolder,
    databaseUrl,
    since,
    shopSettings,
    warehouseSettings,
    endpoints,
    settle,
    pollEvery,
    isThrottled,
  })

  const environment = { QUAYSIDE_CONFIG: configFolder, QUAYSIDE_KEY: key, QUAYSIDE_USER: 'tester' }
  const running = new Set<RunningProcess>()
  const spoken: string[] = []
  const watched = (process: RunningProcess): RunningProcess => {
    running.add(process)
    void process.finished.then(({ stdout, stderr }) => {
      running.delete(process)
      spoken.push(stdout, stderr)
    })
    return process
  }
  const house: House = {
    ...sandboxes,
    folder,
    databaseFile,
    key,
    since,
    tokensSeen: listening.tokens,
    requestLeftHanging: listening.left,
    async run(name, ...commandArguments) {
      const finished = await runCommand(name, commandArguments, environment)
      spoken.push(finished.stdout, finished.stderr)
      return finished
    },
    async json<Document>(name: string, ...commandArguments: readonly string[]) {
      const finished = await house.run(name, ...commandArguments)
      if (finished.code !== 0) throw new Error(`npm run ${name} ended with ${finished.code}:\n${finished.stdout}${finished.stderr}`)
      return JSON.parse(finished.stdout) as Document
    },
    start: (name, commandArguments = [], more = {}) => watched(startCommand(name, commandArguments, { ...environment, ...more })),
    startThroughNpm: () => watched(startThroughNpm('start', environment)),
    everythingSaid: () => [...spoken, ...[...running].map((process) => process.output())].join('\n'),
    place(platform, changes = {}, shop = shopOf[platform]) {
      const placedAt = addMs(systemClock.now(), -aMomentMs)
      return sandboxes.marketplaces[platform].placeOrder(shop, purchase(platform, { placedAt, ...changes }))
    },
    change: (platform, id, change) => sandboxes.marketplaces[platform].changeOrder(shopOf[platform], id, change),
    advance: (advanceOptions = { to: 'shipped' }) => sandboxes.warehouse.advance(warehouseAccount, advanceOptions),
    editYaml: (file, edit) => changeYaml(join(configFolder, file), edit),
    async read(work) {
      const storage = await openStorage({ url: databaseUrl, key: parseKey(key) })
      try {
        return await work(storage)
      } finally {
        await storage.close()
      }
    },
    dossiers: () => house.read(dossiersOf),
    documents: async () => (await house.dossiers()).map((dossier) => orderDocument(dossier, true)),
    async document(id) {
      const found = (await house.documents()).find((document) => document.platformOrderId === id)
      if (!found) throw new Error(`order ${id} is not stored`)
      return found
    },
    audit: () => house.read((storage) => auditNow(storage, sandboxes, since)),
    writes: () => requestsOf(sandboxes).filter((request) => request.isWrite),
    ledgerOrder(platform, id) {
      const found = sandboxes.marketplaces[platform].ledger(shopOf[platform]).orders.find((order) => order.platformOrderId === id)
      if (!found) throw new Error(`the simulated ${platform} has no order ${id}`)
      return found
    },
    outbounds: () => sandboxes.warehouse.ledger(warehouseAccount).outbounds,
    async close() {
      for (const process of running) await process.end('SIGKILL')
      for (const simulation of Object.values(served)) await simulation.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
  if (withCatalog) await house.read(importDemoCatalog)
  return house
}

/** Every request that was made of marketplaces and warehouse, executed or refused. */
export function requestsOf({ shops, marketplaces, warehouse }: Sandboxes): readonly LedgerRequest[] {
  const ledgers = shops.map(({ id, platform }) => marketplaces[platform].ledger(id))
  return [...ledgers, warehouse.ledger(warehouseAccount)].flatMap((ledger) => ledger.requests)
}

interface Listener {
  readonly tokens: Set<string>
  left(): Promise<void>
  heard(request: Request, response: Response): void
}

const tokenHeaders = ['authorization', 'x-amz-access-token', 'x-shopify-access-token']

/** Overhears the tokens that are sent, and notices a request that stays without an answer. */
function listener(): Listener {
  const tokens = new Set<string>()
  let waiting: (() => void)[] = []
  return {
    tokens,
    left: () => new Promise((resolve) => waiting.push(resolve)),
    heard(request, response) {
      for (const name of tokenHeaders) {
        const token = request.headers.get(name)?.split(' ').at(-1)
        if (token !== undefined) tokens.add(token)
      }
      if (brokenAnswerOf(response) !== 'hang') return
      for (const resolve of waiting) resolve()
      waiting = []
    },
  }
}

async function serveAll(sandboxes: Sandboxes, listening: Listener): Promise<Readonly<Record<string, ServedSimulation>>> {
  const served: Record<string, ServedSimulation> = {}
  for (const [name, simulated] of Object.entries(sandboxes.all)) {
    const fetch = async (request: Request): Promise<Response> => {
      const response = await simulated.fetch(request)
      listening.heard(request, response)
      return response
    }
    served[name] = await serveSimulation({ ...simulated, fetch })
  }
  return served
}
