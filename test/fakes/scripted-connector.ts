import type { WriteOutcome } from '../../core/model/effect.ts'
import type { OrderSnapshot, ReportedShipment } from '../../core/model/order.ts'
import type { Connector, OrderListing, OrderPage, RejectedRecord, ShipmentConfirmation } from '../../core/ports/connector.ts'

/** How one call goes that is not to go well by itself. `execute` makes the platform do what was asked. */
export type ConfirmScript = (confirmation: ShipmentConfirmation, execute: () => void) => WriteOutcome | Promise<WriteOutcome>

/** A marketplace that keeps its own truth and does what a test tells it. */
export interface ScriptedConnector extends Connector {
  /** Every call in order, as `operation subject`. */
  readonly calls: readonly string[]
  /** What the platform was told and has executed. */
  readonly confirmations: readonly ShipmentConfirmation[]
  /** Shipments as the platform shows them, by order. */
  readonly shipments: Map<string, ReportedShipment[]>
  /** The platform's view of an order changes: it stands on the next page of changes. */
  put(...snapshots: readonly OrderSnapshot[]): void
  /** The order exists, and no page of changes shows it. */
  hide(snapshot: OrderSnapshot): void
  /** Records that cannot be read, on the next page. */
  spoil(...records: readonly RejectedRecord[]): void
  /** The next calls go as scripted, one script each; afterwards all goes well again. */
  readonly next: {
    readonly page: (() => OrderPage | Promise<OrderPage>)[]
    readonly order: (() => OrderSnapshot | undefined | Promise<OrderSnapshot | undefined>)[]
    readonly listing: (() => OrderListing | Promise<OrderListing>)[]
    readonly confirm: ConfirmScript[]
    readonly read: (() => readonly ReportedShipment[] | Promise<readonly ReportedShipment[]>)[]
  }
}

export function scriptedConnector(pageSize = 100): ScriptedConnector {
  const feed: OrderSnapshot[] = []
  const known = new Map<string, OrderSnapshot>()
  const spoiled: RejectedRecord[] = []
  const calls: string[] = []
  const confirmations: ShipmentConfirmation[] = []
  const shipments = new Map<string, ReportedShipment[]>()
  const next: ScriptedConnector['next'] = { page: [], order: [], listing: [], confirm: [], read: [] }
  const execute = (confirmation: ShipmentConfirmation): void => {
    confirmations.push(confirmation)
    const { platformOrderId, trackingNumber, lines } = confirmation
    const shipment = { shipmentId: `S${confirmations.length}`, trackingNumber, carrier: confirmation.carrierWord, lines }
    shipments.set(platformOrderId, [...(shipments.get(platformOrderId) ?? []), shipment])
  }
  return {
    calls,
    confirmations,
    shipments,
    next,
    put(...snapshots) {
      feed.push(...snapshots)
      for (const snapshot of snapshots) known.set(snapshot.platformOrderId, snapshot)
    },
    hide(snapshot) {
      known.set(snapshot.platformOrderId, snapshot)
    },
    spoil(...records) {
      spoiled.push(...records)
    },
    async checkConnection() {
      return { account: 'scripted', warnings: [] }
    },
    async fetchOrderChanges(since) {
      calls.push(`page ${since ?? 'from the start'}`)
      const script = next.page.shift()
      if (script) return script()
      const from = Number(since ?? 0)
      const orders = feed.slice(from, from + pageSize)
      const end = from + orders.length
      return { orders, rejected: spoiled.splice(0), nextCursor: String(end), hasMore: end < feed.length }
    },
    async fetchOrder(platformOrderId) {
      calls.push(`order ${platformOrderId}`)
      const script = next.order.shift()
      return script ? script() : known.get(platformOrderId)
    },
    async listOrders(window) {
      calls.push('listing')
      const script = next.listing.shift()
      if (script) return script()
      const inWindow = [...known.values()].filter((order) => order.purchasedAt >= window.from && order.purchasedAt < window.to)
      const orders = inWindow.map(({ platformOrderId, purchasedAt, status }) => ({ platformOrderId, createdAt: purchasedAt, status }))
      return { orders, nextPage: undefined }
    },
    async confirmShipment(confirmation) {
      calls.push(`confirm ${confirmation.platformOrderId} ${confirmation.trackingNumber}`)
      const script = next.confirm.shift()
      if (script) return script(confirmation, () => execute(confirmation))
      execute(confirmation)
      return { result: 'confirmed', remoteId: `S${confirmations.length}` }
    },
    async readShipments(platformOrderId) {
      calls.push(`read ${platformOrderId}`)
      const script = next.read.shift()
      return script ? script() : (shipments.get(platformOrderId) ?? [])
    },
  }
}
