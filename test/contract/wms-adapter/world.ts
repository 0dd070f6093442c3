import { expect } from 'vitest'
import { SyncError } from '../../../core/errors.ts'
import type { HttpRequest, HttpResponse } from '../../../core/ports/transport.ts'
import type { OutboundRequest, OutboundSnapshot, WmsAdapter, WmsAdapterDefinition } from '../../../core/ports/wms-adapter.ts'
import { asWmsSku } from '../../../core/value/ids.ts'
import type { Instant } from '../../../core/value/instant.ts'
import type { SimulatedWarehouse, SimulationOptions } from '../../../sandbox/simulated.ts'
import { type FakeCallContext, fakeCallContext } from '../../fakes/fake-call-context.ts'
import { type SandboxTransport, sandboxTransport } from '../../fakes/sandbox-transport.ts'

/** What the suite must know about a warehouse system to test its adapter. */
export interface WmsAdapterHarness {
  readonly definition: WmsAdapterDefinition
  createWarehouse(options: SimulationOptions): SimulatedWarehouse
  readonly warehouseCode: string
  readonly serviceCode: string
  /** Largest page of the order list and of the stock list. */
  readonly orderPage: number
  readonly stockPage: number
  isCreate(request: HttpRequest): boolean
  isCancel(request: HttpRequest): boolean
  isOrderList(request: HttpRequest): boolean
  /** An order list whose first order has a status word that nobody knows; the same text when the list is empty. */
  withUnknownStatus(body: string): string
  /** An order list whose first order cannot be read; the same text when the list is empty. */
  withUnreadableOrder(body: string): string
}

export interface World {
  readonly adapter: WmsAdapter
  readonly warehouse: SimulatedWarehouse
  readonly transport: SandboxTransport
  readonly call: FakeCallContext
  readonly secrets: readonly string[]
  /** A second adapter over the same account, as after a restart. */
  restart(): WmsAdapter
}

export const account = 'acme'
export const sku = asWmsSku('FISH65')

export function openWorld(harness: WmsAdapterHarness): World {
  const call = fakeCallContext()
  const warehouse = harness.createWarehouse({ now: () => call.now(), limits: 'open' })
  const options = { warehouses: [harness.warehouseCode], services: [harness.serviceCode] }
  const settings = warehouse.addAccount(account, options)
  warehouse.setStock(account, harness.warehouseCode, sku, 1_000)
  const transport = sandboxTransport(warehouse)
  const { definition } = harness
  const restart = () =>
    definition.create(
      { id: 'wms', adapter: definition.adapter, limits: {}, settleMs: 1_000, settings: definition.settings.parse(settings) },
      transport,
    )
  const secrets = definition.secrets.map((key) => String(settings[key]))
  return { adapter: restart(), warehouse, transport, call, secrets, restart }
}

export function outboundRequest(harness: WmsAdapterHarness, number = 1): OutboundRequest {
  return {
    reference: `QCONTRACT${String(number).padStart(4, '0')}-1`,
    platform: 'shopify',
    warehouseCode: harness.warehouseCode,
    serviceCode: harness.serviceCode,
    shipTo: {
      name: 'Robin Example',
      phone: '+1 555 0100',
      email: 'robin@example.com',
      line1: '12 Harbor Road',
      city: 'Dayton',
      state: 'NJ',
      postcode: '08810',
      country: 'US',
    },
    lines: [{ wmsSku: sku, quantity: 2 }],
    taxIds: {},
  }
}

export const outbounds = (world: World) => world.warehouse.ledger(account).outbounds
export const noAnswer = () => new SyncError('transient', 'the answer was lost', { code: 'no-answer' })

/** Executes requests of one kind and spoils what comes back. */
export function spoil(world: World, isMeant: (request: HttpRequest) => boolean, change: (response: HttpResponse) => HttpResponse): void {
  world.transport.tamper({ change: (response, request) => (isMeant(request) ? change(response) : response) })
}

/** Answers requests of one kind in the warehouse's place, which never sees them. */
export function intercept(world: World, isMeant: (request: HttpRequest) => boolean, answer: () => HttpResponse): void {
  world.transport.tamper({ answer: (request) => (isMeant(request) ? answer() : undefined) })
}

export async function create(world: World, harness: WmsAdapterHarness, number = 1): Promise<string> {
  const outcome = await world.adapter.createOutbound(outboundRequest(harness, number), world.call)
  if (outcome.result !== 'confirmed' || !outcome.remoteId) throw new Error(`not created: ${JSON.stringify(outcome)}`)
  return outcome.remoteId
}

export interface Reading {
  readonly outbounds: readonly OutboundSnapshot[]
  readonly cursor: string
}

/** Reads until the window is done; a cursor that stands still fails. */
export async function readWindow(world: World, from: Instant, since?: string, adapter = world.adapter): Promise<Reading> {
  const seen: OutboundSnapshot[] = []
  let cursor = since
  for (let turn = 0; turn < 100; turn += 1) {
    const page = await adapter.listChangedOutbounds(cursor, from, world.call)
    expect(page.rejected).toEqual([])
    seen.push(...page.outbounds)
    if (page.hasMore && page.nextCursor === cursor) throw new Error('the cursor does not move')
    cursor = page.nextCursor
    if (!page.hasMore) return { outbounds: seen, cursor }
  }
  throw new Error('the window does not end')
}

export const referencesOf = (reading: readonly OutboundSnapshot[]) => [...new Set(reading.map(({ reference }) => reference))].toSorted()
export const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)
export const referencesFrom = (from: number, to: number) => range(from, to).map((number) => `QCONTRACT${String(number).padStart(4, '0')}-1`)
