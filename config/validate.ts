import type { ZodType, z } from 'zod'
import { suggestion } from '../core/value/spelling.ts'
import type { ParsedFile } from './documents.ts'
import { wording } from './messages.ts'
import type { Path } from './positions.ts'
import type { Problem } from './problems.ts'

type Issue = z.core.$ZodIssue

/** Collects problems of all files. A value whose reference is already reported gets no second problem. */
export interface Report {
  readonly problems: Problem[]
  /** At the value, or at the nearest parent that exists. */
  at(source: ParsedFile, path: Path, message: string): void
  atKey(source: ParsedFile, path: Path, message: string): void
  /** Like `at`, and the last word on this value: what else is wrong with it is not said. */
  atFinally(source: ParsedFile, path: Path, message: string): void
}

export function newReport(): Report {
  const problems: Problem[] = []
  const settled = new Set<string>()
  const keyOf = (source: ParsedFile, path: Path): string => `${source.file}\n${path.map(String).join('\n')}`
  const at: Report['at'] = (source, path, message) => {
    if (source.isBroken(path) || settled.has(keyOf(source, path))) return
    problems.push({ ...source.positions.at(path), message })
  }
  return {
    problems,
    at,
    atFinally(source, path, message) {
      at(source, path, message)
      settled.add(keyOf(source, path))
    },
    atKey(source, path, message) {
      problems.push({ ...source.positions.atKey(path), message })
    },
  }
}

export interface ValidationInput<Output> {
  readonly source: ParsedFile
  readonly schema: ZodType<Output>
  readonly value: unknown
  /** Where in the file the value stands. */
  readonly path: Path
}

/** The schema's output, or undefined with each mistake reported at its line and column. */
export function validate<Output>(input: ValidationInput<Output>, report: Report): Output | undefined {
  const result = input.schema.safeParse(input.value, { error: messageFor })
  if (result.success) return result.data
  for (const issue of withoutConsequences(result.error.issues)) place(issue, input.path, input.source, report)
  return undefined
}

/** A key that is spelled wrong is not reported as missing too. */
function withoutConsequences(issues: readonly Issue[]): readonly Issue[] {
  const meant = new Set<string>()
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') continue
    for (const sentence of issue.message.split('\n')) {
      const key = /, did you mean "(.*)"\?$/.exec(sentence)?.[1]
      if (key !== undefined) meant.add([...issue.path, key].map(String).join('\n'))
    }
  }
  return issues.filter((issue) => !(issue.message.startsWith('missing key') && meant.has(issue.path.map(String).join('\n'))))
}

function place(issue: Issue, base: Path, source: ParsedFile, report: Report): void {
  const path = [...base, ...issue.path]
  if (issue.code === 'unrecognized_keys') {
    const sentences = issue.message.split('\n')
    for (const [index, key] of issue.keys.entries()) report.atKey(source, [...path, key], sentences[index] ?? `unknown key "${key}"`)
  } else if (issue.code === 'invalid_key') {
    const reason = issue.issues[0]?.message ?? ''
    report.atKey(source, path, `the name "${String(path.at(-1))}" cannot be used: ${reason}`)
  } else if (issue.code === 'invalid_union' && issue.message === anyForm) {
    for (const inner of likelyBranch(issue)) place(inner, path, source, report)
  } else {
    report.at(source, path, named(issue.message, path, source))
  }
}

/** A problem with a value names its key, unless the sentence does so itself or the value is a whole block. */
function named(message: string, path: Path, source: ParsedFile): string {
  const key = path.findLast((part) => typeof part === 'string')
  if (key === undefined || message.includes(`"${String(key)}"`) || source.positions.node(path) === undefined) return message
  return `${String(key)}: ${message}`
}

const anyForm = 'this form is not known here'

/** Of the forms that a value may have, the one that was most likely meant: the one whose mistakes lie deepest. */
function likelyBranch(issue: Extract<Issue, { code: 'invalid_union' }>): readonly Issue[] {
  const depth = (branch: readonly Issue[]): number =>
    Math.max(0, ...branch.map((inner) => inner.path.length + (inner.code === 'unrecognized_keys' ? 1 : 0)))
  const branches = [...issue.errors].sort((a, b) => depth(b) - depth(a) || a.length - b.length)
  return branches[0] ?? [{ ...issue, code: 'custom', message: anyForm } as Issue]
}

/** For unknown keys: one sentence a key, in their order, one a line. */
function messageFor(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(issue.inst)
    return (issue.keys as readonly string[]).map((key) => `unknown key "${key}"${suggestion(key, known)}`).join('\n')
  }
  return issue.code === 'invalid_union' && issue.input !== undefined ? anyForm : wording(issue)
}

function knownKeys(schema: unknown): readonly string[] {
  const shape = (schema as { readonly _zod?: { readonly def?: { readonly shape?: object } } } | undefined)?._zod?.def?.shape
  return shape ? Object.keys(shape) : []
}
