import type { Address } from '../../core/model/order.ts'
import type { Instant } from '../../core/value/instant.ts'
import { addMs } from '../../core/value/instant.ts'
import type { Random } from '../shared/random.ts'
import type { NewOrder, NewOrderLine, OrderChange } from '../simulated.ts'
import { foreignAddress, type Language, longAddress } from './addresses.ts'
import type { DemoListing } from './catalog.ts'

export type SeedPlatform = 'amazon' | 'ebay' | 'wish' | 'shopify'
export type When = 'before-push' | 'after-push' | 'later'

export interface PlannedChange {
  readonly when: When
  readonly change: OrderChange
}

/** What a scenario may use to make its order different from an everyday one. */
export interface Stage {
  readonly random: Random
  readonly since: Instant
  /** Number of the order in the plan. */
  readonly index: number
  line(shows: DemoListing['shows'], quantity?: number): NewOrderLine
  address(): Address
  price(cents: number): string
}

export interface Scenario {
  readonly name: string
  /** Where it can happen; everywhere when absent. */
  readonly platforms?: readonly SeedPlatform[]
  /** Shops it is for; every one of the platform when absent. */
  readonly accounts?: readonly string[]
  order?(stage: Stage): Partial<NewOrder>
  changes?(stage: Stage): readonly PlannedChange[]
}

const dayMs = 86_400_000

const change = (when: When, what: OrderChange): PlannedChange => ({ when, change: what })
const happens = (when: When, what: OrderChange) => (): readonly PlannedChange[] => [change(when, what)]
const inLanguage = (language: Language): Scenario => ({
  name: `address-${language}`,
  platforms: ['shopify', 'wish'],
  order: ({ random }) => ({ shipTo: foreignAddress(language, random) }),
})

/** What may happen to an order that was read already. It comes once on every platform that has it. */
const afterImport: readonly Scenario[] = [
  { name: 'cancel-after-push', changes: happens('after-push', { type: 'cancel' }) },
  {
    name: 'cancel-units-after-push',
    platforms: ['amazon', 'shopify'],
    order: (stage) => ({ lines: [stage.line('plain', 3)] }),
    changes: happens('after-push', { type: 'cancel-units', line: 0, quantity: 1 }),
  },
  { name: 'buyer-asks-after-push', platforms: ['amazon', 'ebay'], changes: happens('after-push', { type: 'request-cancel' }) },
  {
    name: 'uncancel',
    platforms: ['wish'],
    changes: () => [change('after-push', { type: 'cancel' }), change('later', { type: 'uncancel' })],
  },
  { name: 'refund-after-push', platforms: ['shopify', 'ebay', 'wish'], changes: happens('after-push', { type: 'refund' }) },
  { name: 'unpaid-paid-later', order: () => ({ payment: 'unpaid' }), changes: happens('later', { type: 'pay' }) },
  {
    name: 'address-change-after-push',
    platforms: ['amazon', 'shopify', 'wish'],
    changes: (stage) => [change('after-push', { type: 'change-address', shipTo: stage.address() })],
  },
  {
    name: 'hold-and-release',
    platforms: ['shopify', 'wish'],
    changes: () => [change('before-push', { type: 'hold', reason: 'AWAITING_PAYMENT' }), change('later', { type: 'release-hold' })],
  },
  {
    name: 'shipped-elsewhere-after-push',
    changes: (stage) => [change('after-push', { type: 'ship-elsewhere', trackingNumber: `LATE${stage.index}`, carrier: 'UPS' })],
  },
  { name: 'vanish-after-push', changes: happens('after-push', { type: 'vanish' }) },
]

function onEach(scenario: Scenario): readonly Scenario[] {
  const { name, platforms = ['amazon', 'ebay', 'wish', 'shopify'] } = scenario
  return platforms.map((platform) => ({ ...scenario, name: `${name}-${platform}`, platforms: [platform] }))
}

/** Everything out of the ordinary that the demo shows. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'several-lines',
    platforms: ['amazon', 'ebay', 'shopify'],
    order: (stage) => ({ lines: [1, 2, 3, 1].map((quantity) => stage.line('plain', quantity)) }),
  },
  { name: 'bundle', order: (stage) => ({ lines: [stage.line('bundle', stage.random.integer(1, 2))] }) },
  { name: 'unit-factor', order: (stage) => ({ lines: [stage.line('unit-factor', stage.random.integer(1, 3))] }) },
  { name: 'gift-note', platforms: ['amazon', 'shopify'], order: () => ({ giftMessage: 'Happy birthday! 🎂 <b>With love</b>' }) },
  {
    name: 'buyer-note',
    platforms: ['shopify', 'ebay'],
    order: () => ({ buyerNote: 'Please leave it with the neighbors, "Unit 7" & co.' }),
  },
  {
    name: 'customization',
    platforms: ['amazon', 'shopify'],
    order: (stage) => ({ lines: [{ ...stage.line('plain'), customization: 'Engrave: Für Zoë ♥' }] }),
  },
  inLanguage('zh'),
  inLanguage('ja'),
  inLanguage('ar'),
  inLanguage('ru'),
  inLanguage('de'),
  {
    name: 'long-address',
    platforms: ['amazon', 'shopify'],
    accounts: ['us-amazon', 'brand-us'],
    order: ({ random }) => ({ shipTo: longAddress(random) }),
  },
  {
    name: 'discount-and-tax',
    platforms: ['shopify', 'amazon'],
    order: (stage) => ({ discount: stage.price(150), tax: stage.price(99), shipping: stage.price(499) }),
  },
  { name: 'foreign-currency', accounts: ['brand-us'], order: () => ({ currency: 'EUR' }) },
  { name: 'ioss', platforms: ['wish'], order: ({ random }) => ({ shipTo: foreignAddress('de', random), ioss: 'IM2760000742' }) },
  { name: 'unmapped-sku', order: (stage) => ({ lines: [stage.line('unmapped')] }) },
  { name: 'listing-without-sku', platforms: ['shopify', 'ebay', 'wish'], order: (stage) => ({ lines: [stage.line('no-sku')] }) },
  { name: 'out-of-stock', accounts: ['brand-jp'], order: (stage) => ({ lines: [stage.line('scarce')] }) },
  {
    name: 'platform-hold',
    platforms: ['shopify', 'wish'],
    changes: () => [change('before-push', { type: 'hold', reason: 'INCORRECT_ADDRESS' }), change('later', { type: 'release-hold' })],
  },
  {
    name: 'risk-hold',
    platforms: ['shopify'],
    changes: () => [change('before-push', { type: 'hold', reason: 'HIGH_RISK_OF_FRAUD' }), change('later', { type: 'release-hold' })],
  },
  { name: 'move', platforms: ['shopify'], changes: happens('before-push', { type: 'move' }) },
  { name: 'move-after-push', platforms: ['shopify'], changes: happens('after-push', { type: 'move' }) },
  {
    name: 'split',
    platforms: ['shopify'],
    order: (stage) => ({ lines: [stage.line('plain', 3)] }),
    changes: happens('before-push', { type: 'split' }),
  },
  { name: 'cancel-before-push', changes: happens('before-push', { type: 'cancel' }) },
  {
    name: 'cancel-units',
    platforms: ['amazon', 'shopify'],
    order: (stage) => ({ lines: [stage.line('plain', 3)] }),
    changes: happens('before-push', { type: 'cancel-units', line: 0, quantity: 1 }),
  },
  { name: 'buyer-asks-to-cancel', platforms: ['amazon', 'ebay'], changes: happens('before-push', { type: 'request-cancel' }) },
  {
    name: 'buyer-changes-mind',
    platforms: ['amazon', 'ebay'],
    changes: () => [change('before-push', { type: 'request-cancel' }), change('later', { type: 'withdraw-cancel-request' })],
  },
  { name: 'never-paid', platforms: ['amazon', 'ebay', 'shopify'], order: () => ({ payment: 'unpaid' }) },
  {
    name: 'address-change',
    platforms: ['amazon', 'shopify', 'wish'],
    changes: (stage) => [change('before-push', { type: 'change-address', shipTo: stage.address() })],
  },
  { name: 'touched', changes: () => [change('after-push', { type: 'touch' }), change('later', { type: 'touch' })] },
  {
    name: 'shipped-elsewhere',
    changes: (stage) => [change('before-push', { type: 'ship-elsewhere', trackingNumber: `ELSE${stage.index}`, carrier: 'UPS' })],
  },
  {
    name: 'partial-shipment',
    platforms: ['amazon', 'ebay', 'shopify'],
    order: (stage) => ({ lines: [stage.line('plain', 2), stage.line('plain', 1)] }),
  },
  { name: 'before-cutover', order: ({ since }) => ({ placedAt: addMs(since, -3 * dayMs) }) },
  { name: 'digital', platforms: ['shopify'], order: () => ({ kind: 'digital' }) },
  { name: 'gift-card', platforms: ['shopify'], order: (stage) => ({ lines: [stage.line('gift-card')] }) },
  { name: 'pickup', platforms: ['shopify', 'amazon'], order: () => ({ kind: 'pickup' }) },
  { name: 'platform-fulfilled', platforms: ['amazon', 'wish'], order: () => ({ kind: 'platform-fulfilled' }) },
  { name: 'programme', platforms: ['wish'], order: () => ({ kind: 'programme' }) },
  { name: 'hub-forwarded', platforms: ['ebay'], order: () => ({ kind: 'hub-forwarded' }) },
  { name: 'bought-together', platforms: ['wish'], order: ({ index }) => ({ groupId: `together-${Math.floor(index / 2)}` }) },
  { name: 'high-value', platforms: ['shopify'], order: (stage) => ({ lines: [stage.line('plain', 40)] }) },
  ...afterImport.flatMap(onEach),
]
