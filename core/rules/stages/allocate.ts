import { checkKeys, onlyOne } from '../actions.ts'
import type { StageReader } from '../compile-stage.ts'
import type { RuleContext } from '../document.ts'
import { allOf, type Block, isBlock, type Place } from '../place.ts'

export const scoreKeys = ['cost', 'days', 'cover', 'zone'] as const
export type ScoreKey = (typeof scoreKeys)[number]

/** Scores of the design that nothing can be counted by yet. */
const unsupportedScores: Readonly<Record<string, string>> = {
  age: 'the age of stock is not read yet; score by zone, cost, days or cover',
}

export interface AllocateAction {
  /** The warehouses that may take the order, the preferred one first; undefined is all that are configured. */
  readonly warehouses: readonly string[] | undefined
  /** Only this service; undefined leaves it to the courier stage. */
  readonly service: string | undefined
  /** The first that tells two warehouses apart decides; undefined is the default, cost then days. */
  readonly score: readonly ScoreKey[] | undefined
  /** Preferred when no score tells them apart. */
  readonly tie: string | undefined
  /** Whether only warehouses that have everything now are candidates. */
  readonly needsFullStock: boolean
}

export function allocateReader(context: RuleContext): StageReader<AllocateAction> {
  return {
    stage: 'allocate',
    endsAtFirstMatch: () => true,
    readThen(place) {
      const only = onlyOne(place)
      if (!only || !checkKeys(only, 'allocate')) return undefined
      return isBlock(only.value) && 'fixed' in only.value ? readFixed(only, context) : readCandidates(only, context)
    },
  }
}

function readFixed(place: Place, { warehouses }: RuleContext): AllocateAction | undefined {
  const [other] = Object.keys(place.value as Block).filter((key) => key !== 'fixed')
  if (other !== undefined) return place.at(other).problem(`${other} says nothing beside fixed`)
  const fixed = place.at('fixed')
  if (!fixed.block(['warehouse', 'service'])) return undefined
  const code = fixed.at('warehouse').word(
    warehouses.map((each) => each.code),
    'warehouse',
  )
  const services = warehouses.find((each) => each.code === code)?.services.map((each) => each.code)
  if (code === undefined || services === undefined) return undefined
  const servicePlace = fixed.at('service')
  const service = servicePlace.value === undefined ? undefined : servicePlace.word(services, `service of warehouse ${code}`)
  if (service === undefined && servicePlace.value !== undefined) return undefined
  return { warehouses: [code], service, score: undefined, tie: undefined, needsFullStock: true }
}

function readCandidates(place: Place, { warehouses }: RuleContext): AllocateAction | undefined {
  const codes = warehouses.map((each) => each.code)
  const named = optional(place.at('candidates'), (at) => readNames(at, codes))
  const excluded = optional(place.at('exclude'), (at) => readNames(at, codes))
  const score = optional(place.at('score'), readScore)
  const tie = optional(place.at('tie'), (at) => at.word(codes, 'warehouse'))
  const required = optional(place.at('require'), (at) => at.word(['full-stock', 'none'], 'requirement'))
  if (!named || !excluded || !score || !tie || !required) return undefined
  const left = (named.value ?? codes).filter((code) => !excluded.value?.includes(code))
  if (left.length === 0) return place.problem('no warehouse is left: every candidate is excluded')
  if (tie.value !== undefined && !left.includes(tie.value)) return place.at('tie').problem(`"${tie.value}" is not one of the candidates`)
  return {
    warehouses: left,
    service: undefined,
    score: score.value,
    tie: tie.value,
    needsFullStock: required.value !== 'none',
  }
}

/** A key that may be absent: undefined only when it is there and has a mistake. */
function optional<T>(place: Place, read: (place: Place) => T | undefined): { readonly value: T | undefined } | undefined {
  if (place.value === undefined) return { value: undefined }
  const value = read(place)
  return value === undefined ? undefined : { value }
}

function readNames(place: Place, codes: readonly string[]): readonly string[] | undefined {
  const names = place.list('warehouses')?.map((each) => each.word(codes, 'warehouse'))
  return names && allOf(names)
}

function readScore(place: Place): readonly ScoreKey[] | undefined {
  const scores = place.list('scores')?.map((each) => {
    if (!each.block(['by'])) return undefined
    const by = each.at('by')
    const reason = typeof by.value === 'string' && Object.hasOwn(unsupportedScores, by.value) ? unsupportedScores[by.value] : undefined
    return reason === undefined ? by.word(scoreKeys, 'score') : by.problem(`a score by ${by.value} is not supported yet: ${reason}`)
  })
  return scores && allOf(scores)
}
