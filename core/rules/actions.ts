import { suggestion } from '../value/spelling.ts'
import type { StageKey } from './document.ts'
import { type Block, listed, type Place } from './place.ts'

interface StageActions {
  readonly known: readonly string[]
  /** Actions of the design that nothing carries out yet: refused by name, with the reason. */
  readonly unsupported: Readonly<Record<string, string>>
}

const noMessage = 'nothing would carry the message; use hold'
const alwaysStopped = 'an order that is cancelled is always stopped at the warehouse'
const onlyDispatch = 'a shipment is reported when the warehouse has dispatched it'

export const stageActions: Readonly<Record<StageKey, StageActions>> = {
  intake: { known: ['take', 'ignore', 'recordOnly'], unsupported: {} },
  enrich: {
    known: ['addTag', 'removeTag', 'setField', 'setLevel'],
    unsupported: { normalizeAddress: 'an address is sent as the platform gave it or as a person corrected it' },
  },
  mapping: { known: ['exact', 'stripPrefix', 'stripSuffix', 'splitPattern', 'regex', 'hold'], unsupported: {} },
  merge: {
    known: ['auto', 'never'],
    unsupported: { propose: 'there is no place where a person would be asked; use auto, and hold in review what a person must see' },
  },
  review: { known: ['hold', 'approve'], unsupported: { notify: noMessage } },
  allocate: {
    known: ['fixed', 'candidates', 'exclude', 'score', 'tie', 'require'],
    unsupported: { delegateToWms: 'the warehouse is always chosen here' },
  },
  split: {
    known: ['none', 'byWarehouse', 'byLimit', 'byCargo', 'inStockFirst'],
    unsupported: {},
  },
  courier: { known: ['fixed', 'candidates', 'fallback'], unsupported: {} },
  options: {
    known: ['signature', 'insurance', 'ageCheck', 'packaging'],
    unsupported: { taxIds: 'the tax ids of the order are always sent' },
  },
  push: { known: ['now', 'delay', 'beforeCutoff', 'manual'], unsupported: { batchAt: 'use beforeCutoff' } },
  intercept: {
    known: ['intercept'],
    unsupported: { hold: alwaysStopped, notify: alwaysStopped, ignore: alwaysStopped },
  },
  writeback: {
    known: ['policy'],
    unsupported: { guard: 'nothing watches it; the deadline is part of the order', onLabel: onlyDispatch, onFirstScan: onlyDispatch },
  },
}

/** Whether every key of an action belongs to the stage; reports those that do not. */
export function checkKeys(place: Place, stage: StageKey): boolean {
  const { known, unsupported } = stageActions[stage]
  let isSound = true
  for (const key of Object.keys(place.value as Block)) {
    if (known.includes(key)) continue
    isSound = false
    const reason = Object.hasOwn(unsupported, key) ? unsupported[key] : undefined
    place.at(key).problem(reason === undefined ? unknownAction(key, stage, known) : `${key} is not supported yet: ${reason}`)
  }
  return isSound
}

/** The one action of a block, for stages whose actions stand alone; undefined (reported) otherwise. */
export function readAction(place: Place, stage: StageKey): { readonly action: string; readonly at: Place } | undefined {
  if (!checkKeys(place, stage)) return undefined
  const [action, ...others] = Object.keys(place.value as Block)
  if (action === undefined || others.length > 0) return place.problem('one action a block: put each into a block of its own')
  return { action, at: place.at(action) }
}

/** Reads each action of the list; undefined when one of them has a mistake. */
export function readEach<Action>(place: Place, read: (place: Place) => Action | undefined): readonly Action[] | undefined {
  const actions = (place.list('actions') ?? []).map(read)
  const sound = actions.filter((action) => action !== undefined)
  return sound.length === actions.length && sound.length > 0 ? sound : undefined
}

/** For stages that take exactly one action a rule. */
export function onlyOne(place: Place): Place | undefined {
  const places = place.list('actions')
  const [first, second] = places ?? []
  if (second) return second.problem('one action a rule in this stage; the first match decides alone')
  return first
}

function unknownAction(key: string, stage: StageKey, known: readonly string[]): string {
  const elsewhere = Object.entries(stageActions).filter(([, actions]) => actions.known.includes(key))
  const hint = elsewhere.length > 0 ? `; it belongs to ${listed(elsewhere.map(([name]) => name))}` : suggestion(key, known)
  return `unknown action "${key}" in ${stage}${hint}`
}
