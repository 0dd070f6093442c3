import type { ConnectorDefinition } from '../core/ports/connector.ts'
import { suggestion } from '../core/value/spelling.ts'
import { carrierPlatforms } from './blocks/carriers.ts'
import type { ParsedFile } from './documents.ts'
import { type Entry, isBlock, listEntries, textIn } from './entries.ts'
import type { ConfigFiles } from './files.ts'
import type { Report } from './validate.ts'

/** Everything that has a name in the files; undefined where the file could not be read, so nothing can be said. */
export interface Names {
  readonly shops: readonly Entry[]
  readonly accounts: readonly Entry[]
  readonly warehouses: readonly Entry[]
  readonly services: readonly Entry[]
  readonly shopIds: ReadonlySet<string> | undefined
  readonly accountIds: ReadonlySet<string> | undefined
  readonly warehouseCodes: ReadonlySet<string> | undefined
  readonly serviceCodes: ReadonlySet<string> | undefined
  readonly carriers: ReadonlyMap<string, Readonly<Record<string, unknown>>> | undefined
  readonly lists: ReadonlySet<string> | undefined
}

export function collectNames(files: ConfigFiles): Names {
  const { warehouses: file } = files
  const shops = files.shops.flatMap((source) => listEntries(source, [], source.value, 'shops'))
  const accounts = listEntries(file, [], file?.value, 'accounts')
  const warehouses = listEntries(file, [], file?.value, 'warehouses')
  const services = warehouses.flatMap((entry) => listEntries(entry.source, entry.path, entry.value, 'services'))
  return {
    shops,
    accounts,
    warehouses,
    services,
    shopIds: files.shops.every((source) => hasList(source, 'shops')) ? textSet(shops, 'id') : undefined,
    accountIds: hasList(file, 'accounts') ? textSet(accounts, 'id') : undefined,
    warehouseCodes: hasList(file, 'warehouses') ? textSet(warehouses, 'code') : undefined,
    serviceCodes: hasList(file, 'warehouses') ? textSet(services, 'code') : undefined,
    carriers: carriersIn(files.carriers),
    lists: files.rules?.isReadable ? new Set(isBlock(files.rules.value) ? keysOf(files.rules.value['lists']) : []) : undefined,
  }
}

/** Names used twice, and names used that nobody defines. */
export function checkReferences(names: Names, report: Report): void {
  checkUnique(names.shops, 'id', 'shop id', report)
  checkUnique(names.accounts, 'id', 'account id', report)
  checkUnique(names.warehouses, 'code', 'warehouse code', report)
  checkWarehouseSystemCodes(names.warehouses, report)
  for (const entry of names.warehouses) {
    const services = listEntries(entry.source, entry.path, entry.value, 'services')
    checkUnique(services, 'code', 'service code of this warehouse', report)
    checkKnown(entry, 'account', { known: names.accountIds, what: 'account' }, report)
  }
  const carrierCodes = names.carriers ? new Set(names.carriers.keys()) : undefined
  for (const service of names.services) {
    checkKnown(service, 'carrier', { known: carrierCodes, what: 'carrier' }, report)
  }
  checkCarrierWords(names, report)
}

function checkUnique(entries: readonly Entry[], key: string, what: string, report: Report): void {
  const first = new Map<string, Entry>()
  for (const entry of entries) {
    const name = textIn(entry, key)
    if (name === undefined) continue
    const earlier = first.get(name)
    if (earlier) {
      const at = earlier.source.positions.at([...earlier.path, key])
      report.at(entry.source, [...entry.path, key], `the ${what} "${name}" is already used at ${at.file}:${at.line}:${at.column}`)
    } else {
      first.set(name, entry)
    }
  }
}

/** Two shops that read one account would import and ship each of its orders twice. */
export function checkSameAccount(
  shops: readonly Entry[],
  settings: readonly unknown[],
  connectors: readonly Pick<ConnectorDefinition, 'platform' | 'accountKeys'>[],
  report: Report,
): void {
  const first = new Map<string, Entry>()
  for (const [index, shop] of shops.entries()) {
    const platform = textIn(shop, 'platform')
    const definition = connectors.find((part) => part.platform === platform)
    if (!definition || settings[index] === undefined) continue
    const keys = definition.accountKeys(settings[index]).filter((key) => key !== '')
    const places = keys.map((key) => `${platform} ${textIn(shop, 'endpoint') ?? ''} ${key}`)
    const other = places.map((place) => first.get(place)).find((entry) => entry !== undefined)
    for (const place of places) if (!first.has(place)) first.set(place, shop)
    if (!other) continue
    const name = textIn(other, 'id') ?? ''
    report.at(
      shop.source,
      [...shop.path, 'settings'],
      `reads the same account as shop "${name}": its orders would be shipped twice; keep one`,
    )
  }
}

/** Stock and shipments of one account come back under the system's own code, so it must mean one warehouse. */
function checkWarehouseSystemCodes(warehouses: readonly Entry[], report: Report): void {
  const byAccount = Map.groupBy(warehouses, (entry) => textIn(entry, 'account'))
  for (const [account, entries] of byAccount) {
    if (account !== undefined) checkUnique(entries, 'wmsCode', `code of account ${account}`, report)
  }
}

interface Known {
  readonly known: ReadonlySet<string> | undefined
  readonly what: string
}

function checkKnown(entry: Entry, key: string, { known, what }: Known, report: Report): void {
  const name = textIn(entry, key)
  if (name === undefined || !known || known.has(name)) return
  report.at(entry.source, [...entry.path, key], `unknown ${what} "${name}"${suggestion(name, known)}`)
}

/** Without the platform's word a shipment could not be reported; better to say so before the first order. */
function checkCarrierWords(names: Names, report: Report): void {
  const shopByPlatform = new Map<string, string>()
  for (const shop of names.shops) {
    const platform = textIn(shop, 'platform')
    const id = textIn(shop, 'id')
    if (platform !== undefined && id !== undefined && !shopByPlatform.has(platform)) shopByPlatform.set(platform, id)
  }
  for (const service of names.services) {
    const code = textIn(service, 'carrier') ?? ''
    const carrier = names.carriers?.get(code)
    if (!carrier) continue
    for (const platform of carrierPlatforms) {
      const shop = shopByPlatform.get(platform)
      if (shop === undefined || carrier[platform] !== undefined) continue
      report.at(service.source, [...service.path, 'carrier'], `carrier "${code}" has no word for ${platform}, which shop "${shop}" uses`)
    }
  }
}

function carriersIn(source: ParsedFile | undefined): ReadonlyMap<string, Readonly<Record<string, unknown>>> | undefined {
  if (!source?.isReadable) return undefined
  const block = isBlock(source.value) ? source.value['carriers'] : undefined
  if (!isBlock(block)) return undefined
  return new Map(Object.entries(block).map(([code, carrier]) => [code, isBlock(carrier) ? carrier : {}]))
}

/** Without the list nobody can say that a name in it is unknown; that it is missing is said elsewhere. */
function hasList(source: ParsedFile | undefined, key: string): boolean {
  return source?.isReadable === true && isBlock(source.value) && Array.isArray(source.value[key])
}

function textSet(entries: readonly Entry[], key: string): ReadonlySet<string> {
  return new Set(entries.flatMap((entry) => textIn(entry, key) ?? []))
}

function keysOf(value: unknown): readonly string[] {
  return isBlock(value) ? Object.keys(value) : []
}
