import type { WriteOutcome } from '../../core/model/effect.ts'
import type {
  FieldProblem,
  OutboundPackage,
  OutboundPage,
  OutboundRequest,
  OutboundSnapshot,
  StockPage,
  WmsAdapter,
  WmsStockRow,
} from '../../core/ports/wms-adapter.ts'
import { asWmsSku } from '../../core/value/ids.ts'
import type { Instant } from '../../core/value/instant.ts'

export type CreateScript = (request: OutboundRequest, execute: () => void) => WriteOutcome | Promise<WriteOutcome>
export type CancelScript = (reference: string, execute: () => void) => WriteOutcome | Promise<WriteOutcome>

/** A warehouse that keeps its own truth and does what a test tells it. */
export interface ScriptedWarehouse extends WmsAdapter {
  /** Every call in order, as `operation subject`. */
  readonly calls: readonly string[]
  /** The reasons of all requests to stop, in order. */
  readonly reasons: readonly string[]
  /** Every order the warehouse made; two of one reference would be a parcel too many. */
  readonly created: readonly OutboundRequest[]
  readonly outbounds: ReadonlyMap<string, OutboundSnapshot>
  readonly stock: WmsStockRow[]
  /** What `checkOutbound` finds. */
  fieldProblems: readonly FieldProblem[]
  /** Something happens to an outbound: it stands on the next page of changes. */
  change(reference: string, change: Partial<OutboundSnapshot>): void
  /** The next page of changes tells this, whatever the truth is. */
  tell(snapshot: OutboundSnapshot): void
  ship(reference: string, ...packages: readonly OutboundPackage[]): void
  readonly next: {
    readonly create: CreateScript[]
    readonly cancel: CancelScript[]
    readonly find: (() => OutboundSnapshot | undefined | Promise<OutboundSnapshot | undefined>)[]
    readonly page: (() => OutboundPage | Promise<OutboundPage>)[]
    readonly inventory: (() => StockPage | Promise<StockPage>)[]
  }
}

export function scriptedWarehouse(): ScriptedWarehouse {
  const feed: OutboundSnapshot[] = []
  const outbounds = new Map<string, OutboundSnapshot>()
  const created: OutboundRequest[] = []
  const calls: string[] = []
  const reasons: string[] = []
  const stock: WmsStockRow[] = []
  const next: ScriptedWarehouse['next'] = { create: [], cancel: [], find: [], page: [], inventory: [] }
  const change = (reference: string, change: Partial<OutboundSnapshot>): void => {
    const before = outbounds.get(reference)
    if (!before) throw new Error(`the warehouse has no ${reference}`)
    const after = { ...before, ...change }
    outbounds.set(reference, after)
    feed.push(after)
  }
  const create = (request: OutboundRequest): void => {
    created.push(request)
    outbounds.set(request.reference, acceptedOutbound(request))
  }
  const warehouse: ScriptedWarehouse = {
    calls,
    reasons,
    created,
    outbounds,
    stock,
    fieldProblems: [],
    next,
    change,
    tell(snapshot) {
      feed.push(snapshot)
    },
    ship(reference, ...packages) {
      const before = outbounds.get(reference)?.packages ?? []
      change(reference, { status: 'shipped', wmsStatus: 'D', packages: [...before, ...packages] })
    },
    async checkAccess() {
      return { account: 'scripted', warnings: [] }
    },
    checkOutbound: () => warehouse.fieldProblems,
    async createOutbound(request) {
      calls.push(`create ${request.reference}`)
      const script = next.create.shift()
      if (script) return script(request, () => create(request))
      if (outbounds.has(request.reference)) return { result: 'unknown', code: 'reference-exists', message: 'the reference is taken' }
      create(request)
      return { result: 'confirmed', remoteId: `W-${request.reference}` }
    },
    async findOutbound({ reference, wmsOrderNo }) {
      calls.push(`find ${wmsOrderNo || reference}`)
      const script = next.find.shift()
      return script ? script() : outbounds.get(reference)
    },
    async listChangedOutbounds(since) {
      calls.push(`page ${since ?? 'from the start'}`)
      const script = next.page.shift()
      if (script) return script()
      return { outbounds: feed.slice(Number(since ?? 0)), rejected: [], nextCursor: String(feed.length), hasMore: false }
    },
    async cancelOutbound({ reference }, reason) {
      calls.push(`cancel ${reference}`)
      reasons.push(reason)
      const execute = (): void => change(reference, { status: 'cancelled', wmsStatus: 'X' })
      const script = next.cancel.shift()
      if (script) return script(reference, execute)
      execute()
      return { result: 'confirmed' }
    },
    async listInventory(_codes, page) {
      calls.push(`inventory ${page ?? 'from the start'}`)
      const script = next.inventory.shift()
      return script ? script() : { levels: [...stock], rejected: [], nextPage: undefined }
    },
  }
  return warehouse
}

/** How the warehouse shows what it was just asked for. */
export function acceptedOutbound(request: OutboundRequest, change: Partial<OutboundSnapshot> = {}): OutboundSnapshot {
  const { country, postcode } = request.shipTo
  return {
    reference: request.reference,
    wmsOrderNo: `W-${request.reference}`,
    status: 'accepted',
    wmsStatus: 'C',
    parked: false,
    lines: request.lines,
    destination: postcode === undefined ? { country } : { country, postcode },
    packages: [],
    ...change,
  }
}

/** A parcel with everything that was not in an earlier one, or with the named goods. */
export function parcel(trackingNumber: string, shippedAt: Instant, contents?: Readonly<Record<string, number>>): OutboundPackage {
  const lines = Object.entries(contents ?? {}).map(([wmsSku, quantity]) => ({ wmsSku: asWmsSku(wmsSku), quantity }))
  return { trackingNumber, carrierRaw: 'FEDEX', shippedAt, ...(contents && { lines }) }
}

/** So much of a product can be sold. */
export function inStock(wmsSku: string, available: number, warehouseCode = 'USEA'): WmsStockRow {
  return { warehouseCode, wmsSku: asWmsSku(wmsSku), available, reserved: 0, pendingPutaway: 0, inTransit: 0, defective: 0 }
}
