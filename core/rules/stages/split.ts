import { type CargoClass, cargoClasses } from '../../model/catalog.ts'
import { currencyDigits, isCurrency, type Money, parseMoney } from '../../value/money.ts'
import { onlyOne, readAction } from '../actions.ts'
import type { StageReader } from '../compile-stage.ts'
import type { Place } from '../place.ts'

/** What one part may have at most. */
export interface PartLimit {
  readonly maxWeightGrams?: number
  /** Pieces, after mapping. */
  readonly maxQuantity?: number
  readonly maxValue?: Money
}

export type SplitAction =
  | { readonly mode: 'none' }
  /** Only where no warehouse has everything. */
  | { readonly mode: 'by-warehouse' | 'in-stock-first'; readonly maxParts: number }
  /** Before a warehouse is looked for, so that each part finds its own. */
  | { readonly mode: 'by-limit'; readonly limit: PartLimit; readonly maxParts: number }
  /** `apart` are the classes that leave by themselves; undefined is each one. */
  | { readonly mode: 'by-cargo'; readonly apart: readonly CargoClass[] | undefined; readonly maxParts: number }

const usualParts = 2
const mostParts = 5
/** A large order for a carrier of small parcels. */
const mostParcels = 20

export const splitReader: StageReader<SplitAction> = {
  stage: 'split',
  endsAtFirstMatch: () => true,
  readThen(place) {
    const only = onlyOne(place)
    const read = only && readAction(only, 'split')
    if (!read) return undefined
    const { action, at } = read
    switch (action) {
      case 'none':
        return at.isBare() ? { mode: 'none' } : undefined
      case 'byLimit':
        return readByLimit(at)
      case 'byCargo':
        return readByCargo(at)
      default:
        return readByStock(at, action === 'byWarehouse' ? 'by-warehouse' : 'in-stock-first')
    }
  },
}

/** Whether an order is divided although one warehouse could ship it whole. */
export function dividesAhead(action: SplitAction): boolean {
  return action.mode === 'by-limit' || action.mode === 'by-cargo'
}

function readByStock(place: Place, mode: 'by-warehouse' | 'in-stock-first'): SplitAction | undefined {
  if (!place.block(['maxParts'])) return undefined
  const maxParts = readParts(place.at('maxParts'), { least: mode === 'by-warehouse' ? 2 : 1, most: mostParts, usual: usualParts })
  return maxParts === undefined ? undefined : { mode, maxParts }
}

function readByLimit(place: Place): SplitAction | undefined {
  const block = place.block(['maxWeightGrams', 'maxQuantity', 'maxValue', 'maxParts'])
  if (!block) return undefined
  const maxParts = readParts(place.at('maxParts'), { least: 2, most: mostParcels, usual: mostParts })
  const grams = whole(place.at('maxWeightGrams'))
  const pieces = whole(place.at('maxQuantity'))
  const value = place.at('maxValue').value === undefined ? { value: undefined } : readMoney(place.at('maxValue'))
  if (maxParts === undefined || !grams || !pieces || !value) return undefined
  const limit: PartLimit = {
    ...(grams.value !== undefined && { maxWeightGrams: grams.value }),
    ...(pieces.value !== undefined && { maxQuantity: pieces.value }),
    ...(value.value && { maxValue: value.value }),
  }
  if (Object.keys(limit).length === 0)
    return place.problem('expected maxWeightGrams, maxQuantity or maxValue: what a part may have at most')
  return { mode: 'by-limit', limit, maxParts }
}

function readByCargo(place: Place): SplitAction | undefined {
  if (!place.block(['apart', 'maxParts'])) return undefined
  const maxParts = readParts(place.at('maxParts'), { least: 2, most: mostParts, usual: mostParts })
  const apart = place.at('apart').value === undefined ? { all: true } : place.at('apart').words(cargoClasses, 'cargo class')
  if (maxParts === undefined || !apart) return undefined
  return { mode: 'by-cargo', apart: 'all' in apart ? undefined : apart, maxParts }
}

function readParts(place: Place, { least, most, usual }: { readonly least: number; readonly most: number; readonly usual: number }) {
  return place.value === undefined ? usual : place.wholeNumber(least, most)
}

/** Undefined only when it is there and has a mistake. */
function whole(place: Place): { readonly value: number | undefined } | undefined {
  if (place.value === undefined) return { value: undefined }
  const value = place.wholeNumber(1, 1_000_000_000)
  return value === undefined ? undefined : { value }
}

function readMoney(place: Place): { readonly value: Money } | undefined {
  if (!place.block(['amount', 'currency'])) return undefined
  const amount = place.at('amount').text('an amount in quotes, such as "45.00"')
  const currency = place.at('currency').text('a currency such as EUR')
  if (amount === undefined || currency === undefined) return undefined
  if (!isCurrency(currency)) return place.at('currency').problem(`"${currency}" is no currency; write three capital letters, such as EUR`)
  const decimals = /^\d{1,9}(?:\.(\d+))?$/.exec(amount)
  if (!decimals || (decimals[1]?.length ?? 0) > currencyDigits(currency))
    return place.at('amount').problem(`"${amount}" is no amount; write it as "45.00"`)
  return { value: parseMoney(amount, currency) }
}
