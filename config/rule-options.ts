import type { OptionCapabilities, WmsAdapterDefinition } from '../core/ports/wms-adapter.ts'
import type { ParsedFile } from './documents.ts'
import { type Entry, isBlock, listEntries, textIn } from './entries.ts'
import type { Path } from './positions.ts'
import type { Names } from './references.ts'
import type { Report } from './validate.ts'

type Adapters = readonly (Pick<WmsAdapterDefinition, 'adapter'> & Partial<Pick<WmsAdapterDefinition, 'capabilities'>>)[]

/** Reports options that a rule asks for and a warehouse it concerns cannot be asked for. */
export function checkRuleOptions(rules: ParsedFile | undefined, names: Names, adapters: Adapters, report: Report): void {
  const list = rules && isBlock(rules.value) ? rules.value['options'] : undefined
  if (!rules || !Array.isArray(list)) return
  for (const [index, rule] of list.entries()) {
    if (!isBlock(rule) || !Array.isArray(rule['then'])) continue
    const concerned = names.warehouses.filter((entry) => mayConcern(rule['when'], entry))
    for (const [at, action] of rule['then'].entries()) {
      if (!isBlock(action)) continue
      for (const [option, value] of Object.entries(action)) {
        const path = ['options', index, 'then', at, option]
        checkOption(option, value, { rules, path, concerned, names, adapters, report })
      }
    }
  }
}

interface Place {
  readonly rules: ParsedFile
  readonly path: Path
  readonly concerned: readonly Entry[]
  readonly names: Names
  readonly adapters: Adapters
  readonly report: Report
}

/** The first warehouse that lacks it is named; one is enough to know what to do. */
function checkOption(option: string, value: unknown, { rules, path, concerned, names, adapters, report }: Place): void {
  for (const warehouse of concerned) {
    const account = names.accounts.find((entry) => textIn(entry, 'id') === textIn(warehouse, 'account'))
    const adapter = account && textIn(account, 'adapter')
    const definition = adapters.find((candidate) => candidate.adapter === adapter)
    if (!definition) continue
    const lack = lackOf(option, value, definition.capabilities?.options ?? {})
    if (lack === undefined) continue
    const code = textIn(warehouse, 'code') ?? '?'
    const advice = 'name the warehouses that can in the condition of the rule, or remove it'
    report.at(rules, path, `${option} ${lack} by the adapter ${definition.adapter} of warehouse ${code}; ${advice}`)
    return
  }
}

/** What an adapter cannot carry; undefined when it can, or when the value is no such option at all, which is said elsewhere. */
function lackOf(option: string, value: unknown, { signature, insurance, ageCheck, packaging }: OptionCapabilities): string | undefined {
  switch (option) {
    case 'signature':
      return signature ? undefined : 'is not carried'
    case 'insurance':
      return lackOfValue(isBlock(value) ? value['currency'] : undefined, insurance)
    case 'ageCheck':
      return lackOfValue(value, ageCheck)
    case 'packaging':
      return lackOfValue(value, packaging)
    default:
      return undefined
  }
}

function lackOfValue(value: unknown, known: readonly (string | number)[] | undefined): string | undefined {
  if (!known) return 'is not carried'
  const isValue = typeof value === 'string' || typeof value === 'number'
  return !isValue || known.includes(value) ? undefined : `${value} is not carried (it carries ${known.join(', ')})`
}

/** Whether an order from this warehouse can meet the condition, as far as that hangs on the warehouse or its services. */
function mayConcern(when: unknown, warehouse: Entry): boolean {
  if (!isBlock(when)) return true
  if (Array.isArray(when['all'])) return when['all'].every((part) => mayConcern(part, warehouse))
  if (Array.isArray(when['any'])) return when['any'].some((part) => mayConcern(part, warehouse))
  const codes = codesOf(when['field'], warehouse)
  const { op, value } = when
  if (!codes || (op !== 'eq' && op !== 'in')) return true
  const wanted: readonly unknown[] = Array.isArray(value) ? value : [value]
  return codes.some((code) => wanted.includes(code))
}

function codesOf(field: unknown, warehouse: Entry): readonly (string | undefined)[] | undefined {
  if (field === 'warehouse') return [textIn(warehouse, 'code')]
  if (field !== 'service') return undefined
  return listEntries(warehouse.source, warehouse.path, warehouse.value, 'services').map((service) => textIn(service, 'code'))
}
