import type { WarehouseLedger } from '../../../core/audit/ledger.ts'
import type { OutboundPackage, OutboundSnapshot } from '../../../core/ports/wms-adapter.ts'
import { inStock, type ScriptedWarehouse, scriptedWarehouse } from '../../fakes/scripted-warehouse.ts'
import type { VirtualClock } from '../../fakes/virtual-clock.ts'
import type { Chance } from './chance.ts'

export interface Depot {
  readonly warehouse: ScriptedWarehouse
  /** Parcels are packed and leave; now and then something is wrong. */
  work(isCalm: boolean): void
  ledger(): WarehouseLedger
}

export function depot(chance: Chance, clock: () => VirtualClock): Depot {
  const base = scriptedWarehouse()
  const late: (() => void)[] = []
  let parcels = 0
  /** While work is calm nothing is told wrongly. */
  let isHonest = false
  const change = (reference: string, what: Partial<OutboundSnapshot>): void => base.change(reference, { ...what, updatedAt: clock().now() })
  const warehouse: ScriptedWarehouse = {
    ...base,
    async createOutbound(request, call) {
      const isRefused = !base.outbounds.has(request.reference) && chance.happens(0.05)
      if (isRefused) return { result: 'rejected', code: 'no-capacity', message: 'we are full' }
      if (chance.happens(0.05)) {
        // The request lies in a queue of the warehouse and is executed long after everybody gave up.
        late.push(() => void base.createOutbound(request, call))
        return { result: 'unknown', code: 'queued', message: 'the answer is late' }
      }
      return base.createOutbound(request, call)
    },
    async cancelOutbound(order, reason, call) {
      const status = base.outbounds.get(order.reference)?.status
      const canStop = status === 'accepted' || (status === 'processing' && chance.happens(0.5)) || status === 'wms-exception'
      if (!canStop) return { result: 'rejected', code: 'not-cancellable', message: `it is ${status}` }
      // Said, and not done.
      if (!isHonest && chance.happens(0.2)) return { result: 'confirmed' }
      change(order.reference, {})
      return base.cancelOutbound(order, reason, call)
    },
    async findOutbound(order, call) {
      // A read that does not see what is there.
      return !isHonest && chance.happens(0.2) ? undefined : base.findOutbound(order, call)
    },
  }
  for (const wmsSku of ['GC-MUG', 'GC-BOX']) base.stock.push(inStock(wmsSku, chance.below(20)))

  const pack = (outbound: OutboundSnapshot): OutboundSnapshot['packages'] => {
    const shippedAt = clock().now()
    const named = (lines: OutboundPackage['lines']): OutboundPackage => {
      parcels += 1
      return { trackingNumber: `94${String(parcels).padStart(6, '0')}`, carrierRaw: 'FEDEX', shippedAt, ...(lines && { lines }) }
    }
    const lines = left(outbound)
    const [first, ...rest] = lines
    if (!first) return []
    const single = { ...first, quantity: 1 }
    const others = first.quantity > 1 ? [{ ...first, quantity: first.quantity - 1 }, ...rest] : rest
    if (others.length > 0 && chance.happens(0.5)) return [named([single]), named(others)]
    return [named(chance.happens(0.3) && outbound.packages.length === 0 ? undefined : lines)]
  }
  const next = (outbound: OutboundSnapshot, isCalm: boolean): Partial<OutboundSnapshot> | undefined => {
    const isOdd = !isCalm && chance.happens(0.3)
    switch (outbound.status) {
      case 'accepted':
        if (isOdd)
          return chance.pick([
            { parked: true, wmsStatus: 'H' },
            { status: 'cancelled', wmsStatus: 'X' },
            { status: 'wms-exception', wmsStatus: 'N', problem: 'odd' },
          ] as const)
        return { status: 'processing', wmsStatus: 'W', parked: false }
      case 'wms-exception':
      case undefined:
        return { status: 'processing', wmsStatus: 'W' }
      case 'processing': {
        if (isOdd)
          return chance.pick([
            { status: undefined, wmsStatus: 'Z9' },
            { status: 'wms-exception', wmsStatus: 'P' },
          ] as const)
        const packages = pack(outbound)
        const some = packages.slice(0, 1)
        if (packages.length > 1) return { status: 'partially-shipped', wmsStatus: 'D1', packages: some }
        return { status: 'shipped', wmsStatus: 'D', packages }
      }
      case 'partially-shipped':
        if (isOdd) return { status: 'cancelled', wmsStatus: 'X' }
        return { status: 'shipped', wmsStatus: 'D', packages: [...outbound.packages, ...pack(outbound)] }
      default:
        return undefined
    }
  }
  return {
    warehouse,
    work(isCalm) {
      isHonest = isCalm
      if (isCalm || chance.happens(0.1)) for (const execute of late.splice(0)) execute()
      for (const [index, row] of base.stock.entries()) base.stock[index] = { ...row, available: isCalm ? 1_000 : chance.below(20) }
      for (const outbound of base.outbounds.values()) {
        const what = chance.happens(0.5) ? next(outbound, isCalm) : undefined
        if (what) change(outbound.reference, what)
        // Readings of the past arrive late now and then.
        if (!isCalm && chance.happens(0.1)) base.tell(outbound)
      }
    },
    ledger: () => ({
      adapter: 'scripted',
      account: 'gc',
      outbounds: base.created.flatMap((request) => {
        const outbound = base.outbounds.get(request.reference)
        if (!outbound) return []
        const { reference, wmsOrderNo, status } = outbound
        const packages = outbound.packages.map(({ trackingNumber, shippedAt, lines }) => ({
          trackingNumber,
          shippedAt,
          lines: lines ?? outbound.lines,
        }))
        const place = { warehouseCode: request.warehouseCode, serviceCode: request.serviceCode }
        return [
          { reference, wmsOrderNo, createdAt: clock().now(), status: status ?? 'wms-exception', ...place, lines: outbound.lines, packages },
        ]
      }),
      requests: [],
    }),
  }
}

/** What is in no parcel yet. */
function left({ lines, packages }: OutboundSnapshot): OutboundSnapshot['lines'] {
  if (packages.some((parcel) => !parcel.lines)) return []
  const gone = packages.flatMap((parcel) => parcel.lines ?? [])
  return lines.flatMap(({ wmsSku, quantity }) => {
    const rest = quantity - gone.filter((line) => line.wmsSku === wmsSku).reduce((sum, line) => sum + line.quantity, 0)
    return rest > 0 ? [{ wmsSku, quantity: rest }] : []
  })
}
