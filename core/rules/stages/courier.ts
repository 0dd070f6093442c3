import { checkKeys, onlyOne } from '../actions.ts'
import type { StageReader } from '../compile-stage.ts'
import type { RuleContext } from '../document.ts'
import type { Block, Place } from '../place.ts'

export const ranks = ['cost', 'speed', 'cost-within-promise'] as const
export type Rank = (typeof ranks)[number]

export interface CourierAction {
  /** Services that may be used, by code; undefined is every service of the warehouse. */
  readonly services: readonly string[] | undefined
  /** Services that have all of these; undefined asks for none. */
  readonly features: readonly string[] | undefined
  readonly rank: Rank
  /** Used when none of the services takes the parcel, or none keeps the promise. */
  readonly fallback: string | undefined
}

export function courierReader(context: RuleContext): StageReader<CourierAction> {
  const all = context.warehouses.flatMap((warehouse) => warehouse.services)
  const words: Words = {
    services: [...new Set(all.map((service) => service.code))],
    features: [...new Set(all.flatMap((service) => service.features ?? []))],
  }
  return {
    stage: 'courier',
    endsAtFirstMatch: () => true,
    readThen(place) {
      const only = onlyOne(place)
      if (!only || !checkKeys(only, 'courier')) return undefined
      return readAction(only, words)
    },
  }
}

/** What the services of all warehouses are called, and what they have. */
interface Words {
  readonly services: readonly string[]
  readonly features: readonly string[]
}

function readAction(place: Place, words: Words): CourierAction | undefined {
  const value = place.value as Block
  if ('fixed' in value === 'candidates' in value) return place.problem('expected either fixed or candidates')
  const chosen = 'fixed' in value ? readFixed(place.at('fixed'), words) : readCandidates(place.at('candidates'), words)
  const fallback = place.at('fallback').value === undefined ? undefined : place.at('fallback').word(words.services, 'service')
  if (!chosen || (fallback === undefined && 'fallback' in value)) return undefined
  return { ...chosen, fallback }
}

type Chosen = Omit<CourierAction, 'fallback'>

function readFixed(place: Place, { services }: Words): Chosen | undefined {
  if (!place.block(['service'])) return undefined
  const service = place.at('service').word(services, 'service')
  return service === undefined ? undefined : { services: [service], features: undefined, rank: 'cost' }
}

function readCandidates(place: Place, words: Words): Chosen | undefined {
  if (!place.block(['services', 'features', 'rank'])) return undefined
  const named = place.at('services').value === undefined ? { all: true } : place.at('services').words(words.services, 'service')
  const features = place.at('features').value === undefined ? { all: true } : readFeatures(place.at('features'), words.features)
  const rank = place.at('rank').value === undefined ? 'cost' : place.at('rank').word(ranks, 'rank')
  if (!named || !features || rank === undefined) return undefined
  return { services: 'all' in named ? undefined : named, features: 'all' in features ? undefined : features, rank }
}

function readFeatures(place: Place, known: readonly string[]): readonly string[] | undefined {
  if (known.length > 0) return place.words(known, 'feature')
  return place.problem('no service says which features it has: give services "features" in warehouses.yaml, or name the services')
}
