import type { Catalog } from '../../core/model/catalog.ts'
import type { Shop } from '../../core/model/shop.ts'
import type { Carrier, Warehouse, WmsAccount } from '../../core/model/warehouse.ts'
import type { RuleSet } from '../../core/rules/rule-set.ts'
import { asChannelSku, asSku, asWmsSku } from '../../core/value/ids.ts'
import type { Instant } from '../../core/value/instant.ts'
import { money } from '../../core/value/money.ts'
import type { Operations } from '../../core/world.ts'

export const settleMs = 120_000

export const testShop: Shop = {
  id: 'brand',
  platform: 'shopify',
  clientId: 'default',
  pollEveryMs: 300_000,
  overlapMs: 600_000,
  since: '2026-11-01T00:00:00.000Z' as Instant,
  limits: {},
  settleMs,
  settings: {},
}

export const testAccount: WmsAccount = { id: 'gc', adapter: 'scripted', limits: {}, settleMs, settings: {} }

export const testWarehouse: Warehouse = {
  code: 'NJ',
  account: 'gc',
  wmsCode: 'USEA',
  country: 'US',
  timezone: 'America/New_York',
  services: [
    { code: 'ground', wmsCode: 'FEDEX_GROUND', carrier: 'fedex', countries: ['US'], days: [2, 5], price: { base: money(610, 'USD') } },
  ],
}

export const testCarrier: Carrier = {
  code: 'fedex',
  name: 'FedEx',
  words: { shopify: 'FedEx', wish: 'FedEx', amazon: 'FedEx', ebay: 'FedEx' },
  trackingUrl: 'https://track.example/?n={trackingNumber}',
}

/** Rules that hold nothing. */
export const noRules: RuleSet = { version: 'rules-1', review: () => [] }

export const testOperations: Operations = {
  version: 'config-1',
  writeStop: false,
  shops: [testShop],
  accounts: [testAccount],
  warehouses: [testWarehouse],
  carriers: [testCarrier],
  rules: noRules,
}

/** A mug, a box, a gift set of two mugs and a box, and mugs that are shelved by the half dozen. */
export const testCatalog: Omit<Catalog, 'revision'> = {
  products: [
    { sku: asSku('MUG'), name: 'Mug', weightGrams: 300, cargoClass: 'general', declaredValue: money(500, 'USD'), hsCode: '691110' },
    { sku: asSku('BOX'), name: 'Box', weightGrams: 100, cargoClass: 'general' },
    { sku: asSku('MUG-CASE'), name: 'Mug out of a case', weightGrams: 300, cargoClass: 'general' },
  ],
  mappings: [
    mapping('CH-MUG', { MUG: 1 }),
    mapping('CH-BOX', { BOX: 1 }),
    mapping('CH-GIFT', { MUG: 2, BOX: 1 }),
    mapping('CH-CASE', { 'MUG-CASE': 1 }),
  ],
  bundles: [],
  warehouseSkus: [
    { warehouse: 'NJ', sku: asSku('MUG'), wmsSku: asWmsSku('GC-MUG'), unitFactor: 1 },
    { warehouse: 'NJ', sku: asSku('BOX'), wmsSku: asWmsSku('GC-BOX'), unitFactor: 1 },
    { warehouse: 'NJ', sku: asSku('MUG-CASE'), wmsSku: asWmsSku('GC-CASE6'), unitFactor: 6 },
  ],
  fx: [],
  zones: [],
}

/** Channel SKU → SKUs, for every shop. */
export function mapping(channelSku: string, targets: Readonly<Record<string, number>>): Catalog['mappings'][number] {
  return {
    platform: '',
    shop: '',
    channelSku: asChannelSku(channelSku),
    itemId: '',
    variantId: '',
    targets: Object.entries(targets).map(([sku, quantity]) => ({ sku: asSku(sku), quantity })),
  }
}
