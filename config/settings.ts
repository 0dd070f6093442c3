import type { ZodType } from 'zod'
import type { RateLimits } from '../core/ports/call-gate.ts'
import { suggestion } from '../core/value/spelling.ts'
import { type Entry, isBlock, textIn } from './entries.ts'
import type { Path } from './positions.ts'
import { isLoopback, literalSecret } from './secrets.ts'
import { type Report, validate } from './validate.ts'

/** What config needs of a connector's or adapter's definition. */
export interface SettingsDefinition {
  readonly name: string
  readonly settings: ZodType
  readonly secrets: readonly string[]
  readonly rateLimits: RateLimits
}

/** `shops` and `accounts` differ only in the key that names the definition. */
export interface SettingsKind {
  readonly key: 'platform' | 'adapter'
  readonly definitions: readonly SettingsDefinition[]
}

/**
 * Checks the `settings` and `limits` of one shop or account with the schema of its platform or adapter. Returns the schema's
 * output, or undefined when something was reported.
 */
export function checkSettings(entry: Entry, kind: SettingsKind, report: Report): unknown {
  const name = textIn(entry, kind.key)
  if (name === undefined) return undefined
  const definition = kind.definitions.find((candidate) => candidate.name === name)
  if (!definition) {
    const known = kind.definitions.map((candidate) => candidate.name)
    report.at(entry.source, [...entry.path, kind.key], `unknown ${kind.key} "${name}"${suggestion(name, known)}`)
    return undefined
  }
  checkLimits(entry, definition, report)
  const settings = entry.value['settings']
  if (!isBlock(settings)) return undefined
  const path = [...entry.path, 'settings']
  checkLiteralSecrets(entry, definition, { settings, path }, report)
  return validate({ source: entry.source, schema: definition.settings, value: settings, path }, report)
}

/** A limit for an operation that does not exist would quietly do nothing. */
function checkLimits(entry: Entry, definition: SettingsDefinition, report: Report): void {
  const limits = entry.value['limits']
  if (!isBlock(limits)) return
  const known = [...new Set(['default', ...Object.keys(definition.rateLimits)])]
  for (const operation of Object.keys(limits)) {
    if (known.includes(operation)) continue
    report.atKey(
      entry.source,
      [...entry.path, 'limits', operation],
      `unknown operation "${operation}" of ${definition.name}${suggestion(operation, known)}`,
    )
  }
}

interface SettingsBlock {
  readonly settings: Readonly<Record<string, unknown>>
  readonly path: Path
}

function checkLiteralSecrets(entry: Entry, definition: SettingsDefinition, block: SettingsBlock, report: Report): void {
  if (isLoopback(textIn(entry, 'endpoint'))) return
  for (const key of definition.secrets) {
    const value = block.settings[key]
    const path = [...block.path, key]
    if (value === undefined || value === null || entry.source.isReference(path)) continue
    report.atFinally(entry.source, path, `${key}: ${literalSecret}`)
  }
}
