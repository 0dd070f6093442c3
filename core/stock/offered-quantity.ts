/** What a seller lets a listing show of the stock, in units of the listing. */
export interface OfferPolicy {
  /** Share of what is free, 0 to 100; all of it when absent. */
  readonly percent?: number
  /** Kept back before the share is taken. */
  readonly buffer?: number
  /** A result below it is offered as nothing: the last pieces sell twice too easily. */
  readonly floor?: number
  /** Never more than this. */
  readonly cap?: number
}

/** In units of the listing. */
export interface ListedStock {
  /** What the warehouse says can be sold. */
  readonly available: number
  /** What we have promised and the warehouse's figure does not contain yet. */
  readonly promised: number
}

/** Whole units to show on a listing; never negative. */
export function offeredQuantity({ available, promised }: ListedStock, policy: OfferPolicy = {}): number {
  const { percent = 100, buffer = 0, floor = 0, cap = Number.MAX_SAFE_INTEGER } = policy
  const free = Math.max(0, available - promised - buffer)
  const share = Math.floor((free * percent) / 100)
  return share < floor ? 0 : Math.min(share, cap)
}
