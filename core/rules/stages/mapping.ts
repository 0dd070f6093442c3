import type { ResolvedItem } from '../../model/order.ts'
import { asSku, type Sku } from '../../value/ids.ts'
import { readAction, readEach } from '../actions.ts'
import type { StageReader } from '../compile-stage.ts'
import { patternProblem, patternSubject } from '../conditions/pattern.ts'
import { allOf, type Place } from '../place.ts'

/** A way to read a channel SKU that no mapping names. */
export interface MappingStrategy {
  readonly name: string
  /** What the channel SKU stands for, whether that exists or not; undefined when it does not have the form. */
  read(channelSku: string): readonly ResolvedItem[] | undefined
}

export const mappingReader: StageReader<readonly MappingStrategy[]> = {
  stage: 'mapping',
  endsAtFirstMatch: () => true,
  readThen: (place) => readEach(place, readStrategy),
}

/** The first strategy that leads to products or bundles which all exist. */
export function applyStrategies(
  strategies: readonly MappingStrategy[],
  channelSku: string,
  { knows }: { readonly knows: (sku: Sku) => boolean },
): { readonly resolved: readonly ResolvedItem[]; readonly by: string } | undefined {
  for (const strategy of strategies) {
    const resolved = strategy.read(channelSku)
    if (resolved && resolved.length > 0 && resolved.every((item) => knows(item.sku))) return { resolved, by: strategy.name }
  }
  return undefined
}

function readStrategy(place: Place): MappingStrategy | undefined {
  const read = readAction(place, 'mapping')
  if (!read) return undefined
  const { action, at } = read
  switch (action) {
    case 'exact':
      return at.isBare() ? { name: 'exact', read: (text) => one(text) } : undefined
    case 'hold':
      return at.isBare() ? { name: 'hold', read: () => undefined } : undefined
    case 'stripPrefix':
      return readStrip(at, 'strip-prefix', (text, affix) => (text.startsWith(affix) ? text.slice(affix.length) : undefined))
    case 'stripSuffix':
      return readStrip(at, 'strip-suffix', (text, affix) => (text.endsWith(affix) ? text.slice(0, -affix.length) : undefined))
    case 'splitPattern':
      return readSplit(at)
    default:
      return readPattern(at)
  }
}

function one(sku: string | undefined, quantity = 1): readonly ResolvedItem[] | undefined {
  return sku === undefined || sku === '' || quantity < 1 ? undefined : [{ sku: asSku(sku), quantity }]
}

function readStrip(place: Place, name: string, strip: (text: string, affix: string) => string | undefined): MappingStrategy | undefined {
  const places = Array.isArray(place.value) ? place.list('texts') : [place]
  const affixes = places && allOf(places.map((each) => each.text()))
  if (!affixes) return undefined
  return { name: `${name} ${affixes.join(' or ')}`, read: (text) => one(firstDefined(affixes, (affix) => strip(text, affix))) }
}

function firstDefined(affixes: readonly string[], strip: (affix: string) => string | undefined): string | undefined {
  for (const affix of affixes) {
    const rest = strip(affix)
    if (rest !== undefined) return rest
  }
  return undefined
}

/** `A*2+B`: two of A and one of B. Both signs can be others. */
function readSplit(place: Place): MappingStrategy | undefined {
  if (!place.block(['plus', 'times'])) return undefined
  const sign = (key: string, usual: string): string | undefined =>
    place.at(key).value === undefined ? usual : place.at(key).text('a sign as text')
  const plus = sign('plus', '+')
  const times = sign('times', '*')
  if (plus === undefined || times === undefined) return undefined
  if (plus === times) return place.problem('plus and times must differ')
  return { name: `split-pattern A${times}2${plus}B`, read: (text) => splitText(text, plus, times) }
}

function splitText(text: string, plus: string, times: string): readonly ResolvedItem[] | undefined {
  const quantities = new Map<Sku, number>()
  for (const part of text.split(plus)) {
    const at = part.lastIndexOf(times)
    const sku = (at < 0 ? part : part.slice(0, at)).trim()
    const quantity = at < 0 ? 1 : wholeNumber(part.slice(at + times.length).trim())
    if (sku === '' || quantity === undefined) return undefined
    quantities.set(asSku(sku), (quantities.get(asSku(sku)) ?? 0) + quantity)
  }
  return [...quantities].map(([sku, quantity]) => ({ sku, quantity }))
}

function wholeNumber(text: string): number | undefined {
  return /^[1-9]\d{0,3}$/.test(text) ? Number(text) : undefined
}

/** A pattern over the whole channel SKU; `sku` and `quantity` are made of its groups: `$1`. */
function readPattern(place: Place): MappingStrategy | undefined {
  if (!place.block(['pattern', 'sku', 'quantity'])) return undefined
  const source = place.at('pattern').text('a regular expression as text')
  const sku = place.at('sku').text('text such as "$1"')
  const quantity = place.at('quantity').value === undefined ? '1' : place.at('quantity').text('text such as "$2"')
  if (source === undefined || sku === undefined || quantity === undefined) return undefined
  const problem = patternProblem(source)
  if (problem !== undefined) return place.at('pattern').problem(`the pattern "${source}" ${problem}`)
  const groups = (new RegExp(`${source}|`, 'u').exec('')?.length ?? 1) - 1
  for (const [key, template] of [
    ['sku', sku],
    ['quantity', quantity],
  ] as const) {
    const missing = [...template.matchAll(/\$(\d)/g)].find((match) => Number(match[1]) > groups)
    if (missing) return place.at(key).problem(`the pattern has no group for ${missing[0]}`)
  }
  const pattern = new RegExp(`^(?:${source})$`, 'u')
  return {
    name: `regex ${source}`,
    read(text) {
      const match = pattern.exec(patternSubject(text))
      if (!match) return undefined
      const filled = (template: string): string => template.replace(/\$(\d)/g, (_, group: string) => match[Number(group)] ?? '')
      const count = wholeNumber(filled(quantity))
      return count === undefined ? undefined : one(filled(sku), count)
    },
  }
}
