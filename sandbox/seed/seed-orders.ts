import type { Address } from '../../core/model/order.ts'
import type { Instant } from '../../core/value/instant.ts'
import { formatAmount } from '../../core/value/money.ts'
import { type Random, seededRandom } from '../shared/random.ts'
import type { NewOrder, NewOrderLine } from '../simulated.ts'
import { type Pool, pickAddress } from './addresses.ts'
import type { DemoCatalog, DemoListing } from './catalog.ts'
import { type PlannedChange, type Scenario, type SeedPlatform, type Stage, scenarios } from './scenarios.ts'

/** A seller account to open in the sandbox, with the options of its `addAccount`. */
export interface SeedAccount {
  readonly account: string
  readonly platform: SeedPlatform
  readonly options: Readonly<Record<string, unknown>>
  readonly currency: string
  readonly addresses: Pool
}

export interface SeededOrder {
  readonly account: string
  readonly platform: SeedPlatform
  /** The scenario's name, or `ordinary`. */
  readonly shows: string
  readonly order: NewOrder
  readonly changes: readonly PlannedChange[]
}

export interface SeedPlan {
  readonly accounts: readonly SeedAccount[]
  readonly orders: readonly SeededOrder[]
}

export interface SeedContext {
  readonly catalog: DemoCatalog
  /** The shops' cut-over: one scenario places an order before it. */
  readonly since: Instant
  /** Only these accounts of the demo; all of them when absent. */
  readonly accounts?: readonly string[]
}

const allAccounts: readonly SeedAccount[] = [
  {
    account: 'brand-us',
    platform: 'shopify',
    currency: 'USD',
    addresses: 'american',
    options: { currency: 'USD', locations: ['New Jersey', 'California'] },
  },
  {
    account: 'brand-jp',
    platform: 'shopify',
    currency: 'JPY',
    addresses: 'japanese',
    options: { currency: 'JPY', locations: ['Osaka', 'Osaka annex'] },
  },
  { account: 'us-amazon', platform: 'amazon', currency: 'USD', addresses: 'american', options: { region: 'na' } },
  { account: 'de-ebay', platform: 'ebay', currency: 'EUR', addresses: 'german', options: { marketplaceId: 'EBAY_DE' } },
  { account: 'wish-1', platform: 'wish', currency: 'USD', addresses: 'american', options: {} },
]

/** Of the orders that follow the first round of scenarios, one in so many is out of the ordinary. */
const rareness = 8

/**
 * Plans `count` orders over the demo's shops. The same seed gives the same plan. Every scenario that fits the
 * shops comes once before any comes twice, each followed by an everyday order.
 */
export function seedOrders(seed: number, count: number, context: SeedContext): SeedPlan {
  const random = seededRandom(seed)
  const accounts = allAccounts.filter(({ account }) => context.accounts?.includes(account) ?? true)
  if (accounts.length === 0) throw new Error('the seed plan needs at least one account of the demo')
  const fitting = scenarios.filter((scenario) => accounts.some((account) => fits(scenario, account)))
  const orders = Array.from({ length: count }, (_unused, index) => {
    const scenario = scenarioOf(index, fitting, random)
    const account = random.pick(scenario ? accounts.filter((candidate) => fits(scenario, candidate)) : accounts)
    return planOrder({ index, account, scenario, random, context })
  })
  return { accounts, orders }
}

function fits(scenario: Scenario, account: SeedAccount): boolean {
  return (scenario.platforms?.includes(account.platform) ?? true) && (scenario.accounts?.includes(account.account) ?? true)
}

function scenarioOf(index: number, fitting: readonly Scenario[], random: Random): Scenario | undefined {
  if (index < fitting.length * 2) return index % 2 === 1 ? fitting[(index - 1) / 2] : undefined
  return random.integer(1, rareness) === 1 ? random.pick(fitting) : undefined
}

interface Planning {
  readonly index: number
  readonly account: SeedAccount
  readonly scenario: Scenario | undefined
  readonly random: Random
  readonly context: SeedContext
}

function planOrder(planning: Planning): SeededOrder {
  const { index, account, scenario, random } = planning
  const stage = stageOf(planning, account.currency)
  // A scenario in another currency needs its prices in that currency.
  const currency = scenario?.order?.(stage).currency ?? account.currency
  const staged = currency === account.currency ? stage : stageOf(planning, currency)
  const shipTo = staged.address()
  // A Wish order is one variation.
  const lineCount = account.platform === 'wish' ? 1 : random.integer(1, 3)
  const order: NewOrder = {
    currency,
    shipTo,
    buyer: { id: `buyer-${index + 1}`, name: shipTo.name ?? 'A Buyer', email: `buyer${index + 1}@example.com` },
    lines: Array.from({ length: lineCount }, () => staged.line('plain', random.integer(1, 2))),
    shipping: staged.price(random.pick([0, 399, 599])),
    ...scenario?.order?.(staged),
  }
  return {
    account: account.account,
    platform: account.platform,
    shows: scenario?.name ?? 'ordinary',
    order: ownBuyer(order),
    changes: scenario?.changes?.(staged) ?? [],
  }
}

/** Who receives the parcel is who bought it, also where the scenario chose the address. */
function ownBuyer(order: NewOrder): NewOrder {
  return { ...order, buyer: { ...order.buyer, name: order.shipTo.name ?? order.buyer.name } }
}

function stageOf({ index, account, random, context }: Planning, currency: string): Stage {
  const price = (cents: number): string => priceIn(currency, cents)
  const line = (shows: DemoListing['shows'], quantity = 1): NewOrderLine => {
    const listing = random.pick(context.catalog.listings.filter((candidate) => candidate.shows === shows))
    return {
      channelSku: listing.channelSku,
      title: listing.title,
      quantity,
      unitPrice: price(listing.priceCents),
      ...(listing.itemId === undefined ? {} : { itemId: listing.itemId }),
      ...(listing.variantId === undefined ? {} : { variantId: listing.variantId }),
    }
  }
  return { index, random, since: context.since, price, line, address: (): Address => pickAddress(account.addresses, random) }
}

/** Invented and fixed: minor units of the currency for one US cent. */
function priceIn(currency: string, cents: number): string {
  const perCent: Readonly<Record<string, number>> = { USD: 1, EUR: 0.92, JPY: 1.5 }
  return formatAmount({ minorUnits: Math.round(cents * (perCent[currency] ?? 1)), currency })
}
