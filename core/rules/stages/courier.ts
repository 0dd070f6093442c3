import { checkKeys, onlyOne } from '../actions.ts'
import type { StageReader } from '../compile-stage.ts'
import type { RuleContext } from '../document.ts'
import type { Block, Place } from '../place.ts'

export const ranks = ['cost', 'speed', 'cost-within-promise'] as const
export type Rank = (typeof ranks)[number]

export interface CourierAction {
  /** Services that may be used, by code; undefined is every service of the warehouse. */
  readonly services: readonly string[] | undefined
  readonly rank: Rank
  /** Used when none of the services takes the parcel, or none keeps the promise. */
  readonly fallback: string | undefined
}

export function courierReader(context: RuleContext): StageReader<CourierAction> {
  const services = [...new Set(context.warehouses.flatMap((warehouse) => warehouse.services.map((service) => service.code)))]
  return {
    stage: 'courier',
    endsAtFirstMatch: () => true,
    readThen(place) {
      const only = onlyOne(place)
      if (!only || !checkKeys(only, 'courier')) return undefined
      return readAction(only, services)
    },
  }
}

function readAction(place: Place, services: readonly string[]): CourierAction | undefined {
  const value = place.value as Block
  if ('fixed' in value === 'candidates' in value) return place.problem('expected either fixed or candidates')
  const chosen = 'fixed' in value ? readFixed(place.at('fixed'), services) : readCandidates(place.at('candidates'), services)
  const fallback = place.at('fallback').value === undefined ? undefined : place.at('fallback').word(services, 'service')
  if (!chosen || (fallback === undefined && 'fallback' in value)) return undefined
  return { ...chosen, fallback }
}

type Chosen = Omit<CourierAction, 'fallback'>

function readFixed(place: Place, services: readonly string[]): Chosen | undefined {
  if (!place.block(['service'])) return undefined
  const service = place.at('service').word(services, 'service')
  return service === undefined ? undefined : { services: [service], rank: 'cost' }
}

function readCandidates(place: Place, services: readonly string[]): Chosen | undefined {
  const features = place.at('features')
  if (features.value !== undefined)
    return features.problem('features are not supported yet: no service says which it has; name the services')
  if (!place.block(['services', 'rank'])) return undefined
  const named = place.at('services').value === undefined ? { all: true } : place.at('services').words(services, 'service')
  const rank = place.at('rank').value === undefined ? 'cost' : place.at('rank').word(ranks, 'rank')
  if (!named || rank === undefined) return undefined
  return { services: 'all' in named ? undefined : named, rank }
}
