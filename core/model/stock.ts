import type { WmsSku } from '../value/ids.ts'
import type { Instant } from '../value/instant.ts'

/** What a warehouse says it has of one product, in warehouse units. */
export interface StockLevel {
  readonly warehouse: string
  readonly wmsSku: WmsSku
  /** Sellable and not promised to an order the warehouse knows. */
  readonly available: number
  readonly reserved: number
  readonly pendingPutaway: number
  readonly inTransit: number
  readonly defective: number
  /** When the figures were true; a reservation accepted before it is contained in them. */
  readonly asOf: Instant
}

/** Stock that a fulfillment order of ours takes, from planning until the warehouse's own figures contain it. */
export interface Reservation {
  readonly foNo: string
  readonly warehouse: string
  readonly wmsSku: WmsSku
  readonly quantity: number
}
