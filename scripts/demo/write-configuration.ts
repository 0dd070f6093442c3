import { randomBytes } from 'node:crypto'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import type { Instant } from '../../core/value/instant.ts'
import type { LimitMode } from '../../sandbox/index.ts'
import type { Simulations } from './simulations.ts'

export interface Wiring {
  /** Where the files go; the database too. */
  readonly folder: string
  readonly since: Instant
  readonly limits: LimitMode
  readonly simulations: Pick<Simulations, 'settings' | 'warehouseSettings' | 'urls'>
}

interface ShopBlock {
  readonly id: string
  readonly platform: string
  endpoint: string
  poll: { since: string; every?: string }
  limits?: unknown
  settle?: string
  settings: unknown
}

interface AccountBlock {
  endpoint?: string
  limits?: unknown
  settle?: string
  settings: unknown
}

/** config/demo with the addresses, credentials and a key of its own; the rest stays as it is written there. */
export async function writeConfiguration({ folder, since, limits, simulations }: Wiring): Promise<void> {
  const { settings, warehouseSettings, urls } = simulations
  const addresses: Readonly<Record<string, string>> = urls
  await mkdir(folder, { recursive: true })
  await cp('config/demo', folder, { recursive: true })
  await change<{ shops: ShopBlock[] }>(join(folder, 'shops.yaml'), (file) => {
    for (const shop of file.shops) {
      shop.endpoint = addresses[shop.platform] ?? shop.endpoint
      shop.poll = { ...shop.poll, since }
      shop.settings = settings[shop.id] ?? shop.settings
      if (limits === 'published') slowDown(shop)
    }
  })
  await change<{ accounts: AccountBlock[] }>(join(folder, 'warehouses.yaml'), (file) => {
    for (const account of file.accounts) {
      account.endpoint = urls.goodcang
      account.settings = warehouseSettings
      if (limits === 'published') slowDown(account)
    }
  })
  await change<{ database: unknown; privacy: { key: string } }>(join(folder, 'quayside.yaml'), (file) => {
    file.database = { url: `sqlite:${join(folder, 'quayside.db')}` }
    file.privacy.key = randomBytes(32).toString('base64')
  })
}

/** The demo's files lift the limits and hurry; where the sandbox holds to the published limits, the defaults apply. */
function slowDown(block: ShopBlock | AccountBlock): void {
  delete block.limits
  delete block.settle
  if ('poll' in block) delete block.poll.every
}

async function change<File>(path: string, edit: (file: File) => void): Promise<void> {
  const file = parse(await readFile(path, 'utf8')) as File
  edit(file)
  await writeFile(path, stringify(file), { mode: 0o600 })
}
