import { stageKeys } from '../core/rules/document.ts'
import { suggestion } from '../core/value/spelling.ts'
import type { ParsedFile } from './documents.ts'
import { isBlock } from './entries.ts'
import type { Path } from './positions.ts'
import type { Names } from './references.ts'
import type { Report } from './validate.ts'

type Kind = 'warehouse' | 'service' | 'list' | 'shop'

/** Reports warehouses, services, shops and lists that rules name and nobody defines. */
export function checkRuleReferences(rules: ParsedFile | undefined, names: Names, report: Report): void {
  if (!rules || !isBlock(rules.value)) return
  const known: Readonly<Record<Kind, ReadonlySet<string> | undefined>> = {
    warehouse: names.warehouseCodes,
    service: names.serviceCodes,
    list: names.lists,
    shop: names.shopIds,
  }
  const check = (kind: Kind, value: unknown, path: Path): void => {
    const set = known[kind]
    if (typeof value !== 'string' || !set || set.has(value)) return
    const remedy = kind === 'list' && set.size === 0 ? ': name it under lists, at the root of the file' : suggestion(value, set)
    report.at(rules, path, `unknown ${kind} "${value}"${remedy}`)
  }
  for (const stage of stageKeys) {
    const list = rules.value[stage]
    if (!Array.isArray(list)) continue
    for (const [index, rule] of list.entries()) {
      if (!isBlock(rule)) continue
      walkConditions(rule['when'], [stage, index, 'when'], check)
      walkActions(rule['then'], { path: [stage, index, 'then'], stage }, check)
    }
  }
}

type Check = (kind: Kind, value: unknown, path: Path) => void

/** Operators whose operand names a shop as a whole, and not a part of its name. */
const wholeNames = ['eq', 'ne', 'in', 'notin']

/** The value of `inList` names a list; that of `zipIn` too, unless it is a postcode or a list of them; that of `shop` a shop. */
function walkConditions(value: unknown, path: Path, check: Check): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) walkConditions(item, [...path, index], check)
  } else if (isBlock(value)) {
    const op = typeof value['op'] === 'string' ? value['op'].toLowerCase().replace(/[_-]/g, '') : ''
    const operand = value['value']
    const isPostcode = typeof operand === 'string' && /^\d/.test(operand)
    if (op === 'inlist' || (op === 'zipin' && !isPostcode)) check('list', operand, [...path, 'value'])
    if (value['field'] === 'shop' && wholeNames.includes(op)) checkEach('shop', operand, [...path, 'value'], check)
    for (const [key, child] of Object.entries(value)) walkConditions(child, [...path, key], check)
  }
}

/** Lists without a key that says what they hold: warehouses while allocating, services while choosing one. */
const candidateKinds: Readonly<Record<string, Kind>> = { allocate: 'warehouse', courier: 'service' }
const candidateKeys = ['candidates', 'exclude', 'tie', 'fallback']
const namedKeys: Readonly<Record<string, Kind>> = {
  warehouse: 'warehouse',
  warehouses: 'warehouse',
  service: 'service',
  services: 'service',
}

function walkActions(value: unknown, at: { readonly path: Path; readonly stage: string }, check: Check): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) walkActions(item, { ...at, path: [...at.path, index] }, check)
    return
  }
  if (!isBlock(value)) return
  for (const [key, child] of Object.entries(value)) {
    const path = [...at.path, key]
    const kind = namedKeys[key] ?? (candidateKeys.includes(key) ? candidateKinds[at.stage] : undefined)
    if (kind) checkEach(kind, child, path, check)
    walkActions(child, { ...at, path }, check)
  }
}

function checkEach(kind: Kind, value: unknown, path: Path, check: Check): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) check(kind, item, [...path, index])
  } else {
    check(kind, value, path)
  }
}
