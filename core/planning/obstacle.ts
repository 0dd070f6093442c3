import type { HoldReason } from '../model/hold.ts'
import type { WantedHold } from '../model/reconcile-holds.ts'
import { systemHold } from './holds.ts'

/** Why a warehouse cannot take a shipment. */
export type Obstacle = {
  /** How far the warehouse came: the one that came furthest names the reason. */
  readonly stage: number
} & (
  | { readonly reason: HoldReason; readonly subject: string; readonly detail: string; readonly hold?: never }
  /** A rule that could not be told: no warehouse may be chosen past it. */
  | { readonly hold: WantedHold }
)

/** The hold of the obstacle that came furthest; of equal ones the first. */
export function furthestHold(obstacles: readonly Obstacle[]): WantedHold | undefined {
  const furthest = obstacles.reduce<Obstacle | undefined>(
    (winner, obstacle) => (winner && obstacle.stage <= winner.stage ? winner : obstacle),
    undefined,
  )
  return furthest && holdOf(furthest)
}

export function holdOf(obstacle: Obstacle): WantedHold {
  return obstacle.hold ?? systemHold(obstacle.reason, obstacle.subject, obstacle.detail)
}
