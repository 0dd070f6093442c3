import type { ScoreKey } from '../rules/stages/allocate.ts'
import { areComparable, leastCostly } from './compare-prices.ts'
import type { Offer } from './offer.ts'
import type { PlanningInput } from './plan.ts'

export interface Winner {
  readonly offer: Offer | undefined
  /** What was decided without comparing prices, for the trace. */
  readonly note: string | undefined
}

/** Each score in turn leaves the best offers; of what the last one leaves, the first stays. `country` is where it goes. */
export function bestOffer(input: PlanningInput, offers: readonly Offer[], scores: readonly ScoreKey[], country: string): Winner {
  let left = offers
  let note: string | undefined
  for (const score of scores) {
    if (left.length < 2) break
    if (score !== 'cost' || areComparable(left, priceOf, input)) {
      left = score === 'cost' ? leastCostly(left, priceOf, input) : least(left, (offer) => figureOf(offer, score))
      continue
    }
    // A service that goes round the world is rarely what the next warehouse is passed over for.
    const near = left.filter((offer) => offer.part.warehouse.country === country)
    note = describeChoice(left, near.length > 0 && near.length < left.length, country)
    left = leastCostly(near.length > 0 ? near : left, priceOf, input)
  }
  return { offer: left[0], note }
}

function priceOf({ option }: Offer): Offer['option']['price'] {
  return option.price
}

/** Less is better. What is not known comes last. */
function figureOf({ option, coveredUnits, place }: Offer, score: Exclude<ScoreKey, 'cost'>): number {
  switch (score) {
    case 'days':
      return option.slowestDays
    case 'cover':
      return -coveredUnits
    case 'zone':
      return place?.zone ?? Number.POSITIVE_INFINITY
  }
}

function least(offers: readonly Offer[], figure: (offer: Offer) => number): readonly Offer[] {
  const lowest = Math.min(...offers.map(figure))
  return offers.filter((offer) => figure(offer) === lowest)
}

function describeChoice(offers: readonly Offer[], isNearest: boolean, country: string): string {
  const currencies = [...new Set(offers.flatMap((offer) => priceOf(offer)?.currency ?? []))]
  const because = offers.some((offer) => !priceOf(offer))
    ? 'a service has no price'
    : `no rate between ${currencies.join(' and ')} is known`
  return `prices are not compared, ${because}: ${isNearest ? `warehouses in ${country} go first` : 'the first listed goes first'}`
}
