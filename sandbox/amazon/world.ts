import type { Instant } from '../../core/value/instant.ts'
import type { LaggedView } from '../shared/lagged-view.ts'
import type { SellerOrder } from './state.ts'

/** Doubtful or troublesome behaviours that tests and the demo turn on and off. */
export interface Switches {
  /** Upper bounds lie two minutes back. On with published limits, off with open ones, so that a demo need not wait. */
  readonly twoMinuteRule: boolean
  /** Lists show a change three minutes after its time, as integrators report (selling-partner-api-docs issue 2131). */
  readonly lateData: boolean
  /** A ship date in the future is refused. */
  readonly futureShipDateRefused: boolean
  /** The data set FULFILLMENT is an invalid input to searches, as for half a day in August 2026 (selling-partner-api-models issue 5365). */
  readonly fulfillmentDataRefused: boolean
  /** Who ships elsewhere counts the packages of an order from 1, as many programs do; off, the references are large. */
  readonly foreignReferencesFromOne: boolean
}

export const switchNames = [
  'twoMinuteRule',
  'lateData',
  'futureShipDateRefused',
  'fulfillmentDataRefused',
  'foreignReferencesFromOne',
] as const

/** What every operation needs of the simulated world. */
export interface World {
  now(): Instant
  readonly switches: Switches
  /** Changes after this moment are not in lists yet when data comes late. */
  lateDataHorizon(): Instant
  /** What reads go on seeing after a write, for the fault H20. */
  readonly lagged: LaggedView<SellerOrder>
}
