import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import type { Instant } from '../../core/value/instant.ts'
import { root } from './processes.ts'

export interface ShopBlock {
  id: string
  platform: string
  client?: string
  endpoint?: string
  poll: { every?: string; overlap?: string; since: string }
  limits?: unknown
  settle?: string
  settings: unknown
}

export interface AccountBlock {
  id: string
  endpoint?: string
  limits?: unknown
  settle?: string
  settings: unknown
}

export interface ConfigurationParts {
  readonly folder: string
  readonly databaseUrl: string
  readonly since: Instant
  /** Settings of the shops that shall stand in it; the demo's others are left out. */
  readonly shopSettings: Readonly<Record<string, unknown>>
  readonly warehouseSettings: unknown
  /** Where each simulated server listens, by platform and adapter. */
  readonly endpoints: Readonly<Record<string, string>>
  readonly settle: string
  readonly pollEvery: string
  /** Whether the rates that the platforms publish hold; otherwise nothing is throttled, as in the demo. */
  readonly isThrottled: boolean
}

/** config/demo as a folder of its own, with the addresses and credentials of this test; the key comes from the environment. */
export async function writeConfiguration(parts: ConfigurationParts): Promise<void> {
  const { folder, endpoints } = parts
  await mkdir(folder, { recursive: true })
  await cp(join(root, 'config/demo'), folder, { recursive: true })
  const throttled = <Block extends ShopBlock | AccountBlock>({ limits, ...block }: Block): Block =>
    ({ ...block, ...(!parts.isThrottled && limits !== undefined && { limits }), settle: parts.settle }) as Block
  await changeYaml<{ shops: ShopBlock[] }>(join(folder, 'shops.yaml'), (file) => {
    const chosen = file.shops.filter((shop) => shop.id in parts.shopSettings)
    file.shops = chosen.map((shop) => ({
      ...throttled(shop),
      endpoint: endpointOf(endpoints, shop.platform),
      poll: { ...shop.poll, every: parts.pollEvery, since: parts.since },
      settings: parts.shopSettings[shop.id],
    }))
  })
  await changeYaml<{ accounts: AccountBlock[] }>(join(folder, 'warehouses.yaml'), (file) => {
    file.accounts = file.accounts.map((account) => ({
      ...throttled(account),
      endpoint: endpointOf(endpoints, 'goodcang'),
      settings: parts.warehouseSettings,
    }))
  })
  await changeYaml<{ database: unknown }>(join(folder, 'quayside.yaml'), (file) => {
    file.database = { url: parts.databaseUrl }
  })
}

/** Reads a YAML file, lets it be changed, and writes it back. */
export async function changeYaml<File>(path: string, edit: (file: File) => void): Promise<void> {
  const file = parse(await readFile(path, 'utf8')) as File
  edit(file)
  await writeFile(path, stringify(file), { mode: 0o600 })
}

function endpointOf(endpoints: Readonly<Record<string, string>>, name: string): string {
  const endpoint = endpoints[name]
  if (endpoint === undefined) throw new Error(`nothing simulates ${name} in this test`)
  return endpoint
}
