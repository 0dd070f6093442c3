import path from 'node:path'
import { type Document, LineCounter, type Node, parseDocument, visit, type YAMLError } from 'yaml'
import { type Path, type Position, type Positions, positionsOf } from './positions.ts'
import type { Problem } from './problems.ts'
import { resolveSecrets, type SecretsContext } from './secrets.ts'

/** One YAML file after parsing and resolving references, before validation. */
export interface ParsedFile {
  /** As shown in problems. */
  readonly file: string
  /** Plain data; undefined when the file is not valid YAML. */
  readonly value: unknown
  readonly isReadable: boolean
  readonly positions: Positions
  /** Mistakes of syntax and references that cannot be resolved. */
  readonly problems: readonly Problem[]
  /** The text at the path was written with `${env:…}` or `${file:…}`. */
  isReference(path: Path): boolean
  /** The text at the path holds a reference that could not be resolved and is already reported. */
  isBroken(path: Path): boolean
}

/** Parses the text of one file. Mistakes are in `problems`; the file is readable when its structure is certain. */
export async function parseFile(file: string, content: string, context: SecretsContext): Promise<ParsedFile> {
  const text = content.replace(/^\uFEFF/, '')
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter, prettyErrors: false })
  const positions = positionsOf(file, document, lineCounter)
  const problems = syntaxProblems(file, text, document, lineCounter)
  const isWellFormed = document.errors.every((error) => error.code === 'DUPLICATE_KEY')
  const secrets = await resolveSecrets(document, context)
  const place = (node: Node): Position => {
    const { line, col } = lineCounter.linePos(node.range?.[0] ?? 0)
    return { file, line, column: col }
  }
  const data = isWellFormed ? plainData(document, place) : { problems: [] }
  const broken = isWellFormed ? [...secrets.broken].map(([node, message]) => ({ ...place(node), message })) : []
  const isMarked = (marked: { has(node: never): boolean }, at: Path): boolean => {
    const node = positions.node(at)
    return node !== undefined && marked.has(node as never)
  }
  return {
    file,
    value: data.value,
    isReadable: isWellFormed && data.problems.length === 0,
    positions,
    problems: [...problems, ...broken, ...data.problems],
    isReference: (at) => isMarked(secrets.referring, at),
    isBroken: (at) => isMarked(secrets.broken, at),
  }
}

/** The path as an operator would type it: relative to the working directory when inside it. */
export function displayPath(absolute: string): string {
  const relative = path.relative(process.cwd(), absolute)
  const isInside = relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative)
  return isInside ? relative.split(path.sep).join('/') : absolute
}

interface PlainData {
  readonly value?: unknown
  readonly problems: readonly Problem[]
}

function plainData(document: Document, place: (node: Node) => Position): PlainData {
  const problems: Problem[] = []
  visit(document, {
    Alias(_key, alias) {
      if (alias.resolve(document)) return
      problems.push({ ...place(alias), message: `the alias *${alias.source} has no anchor &${alias.source} before it` })
    },
  })
  if (problems.length > 0) return { problems }
  try {
    return { value: document.toJS({ maxAliasCount: 100 }), problems: [] }
  } catch (error) {
    // The parser refuses aliases that multiply or contain themselves, without saying where.
    if (!(error instanceof ReferenceError)) throw error
    return { problems: [{ ...place(document.contents as Node), message: 'too many aliases (*name); write the values out' }] }
  }
}

/** Repeated keys and tabs are all told; of other mistakes only the first, because what follows is its consequence. */
function syntaxProblems(file: string, text: string, document: Document, lineCounter: LineCounter): Problem[] {
  const lines = text.split('\n')
  const errors = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0])
  const firstBreak = errors.findIndex((error) => error.code !== 'DUPLICATE_KEY')
  const telling = errors.filter((error, index) => firstBreak < 0 || index <= firstBreak || error.code === 'TAB_AS_INDENT')
  return telling.map((error) => {
    const { line, col } = lineCounter.linePos(error.pos[0])
    return { file, line: Math.max(1, line), column: Math.max(1, col), message: syntaxMessage(error, lines[line - 1] ?? '', col) }
  })
}

const syntaxWords: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'a tab is used for indentation; use blanks',
  MULTIPLE_DOCS: 'the file holds several documents; remove the line "---"',
  MISSING_CHAR: 'a closing quote, bracket or comma is missing',
  BAD_INDENT: 'the indentation does not fit the lines around it',
  BAD_SCALAR_START: 'text that begins with this sign must be put in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a value and further keys in one place; check the indentation, or put text that contains ": " in quotes',
  MULTILINE_IMPLICIT_KEY: 'a key without its ":", or a line that is indented too far',
  TAG_RESOLVE_FAILED: 'tags such as !name are not used here; put the text in quotes',
}

function syntaxMessage(error: YAMLError, source: string, column: number): string {
  if (error.code === 'DUPLICATE_KEY') {
    const key = /^("[^"]*"|'[^']*'|[^\s:]+)/.exec(source.slice(column - 1))?.[0] ?? ''
    return `duplicate key "${key.replace(/^["']|["']$/g, '')}"; keep one of them`
  }
  if (error.message.startsWith('Sequence item without')) return 'indented like a list item, but without "- "; check its indentation'
  if (/^Flow (sequence|map) in block/.test(error.message)) return 'a bracket above is not closed'
  if (/[^"']\$\{/.test(source)) return `a reference must stand in quotes: "\${env:NAME}"`
  // The parser quotes the offending text, which may be a secret.
  return syntaxWords[error.code] ?? `not valid YAML: ${error.message.replace(/:?\s*"[\s\S]*$/, '')}`
}
