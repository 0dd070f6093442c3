import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { type Document, isScalar, type Node, visit } from 'yaml'

const reference = /\$\{(env|file):([^}]*)\}/g

export interface SecretsContext {
  /** The configuration folder; `${file:PATH}` is relative to it. */
  readonly folder: string
  readonly environment: Readonly<Record<string, string | undefined>>
}

/** Which text nodes were written as references, and which references could not be resolved. */
export interface ResolvedSecrets {
  readonly referring: ReadonlySet<Node>
  readonly broken: ReadonlyMap<Node, string>
}

/**
 * Replaces `${env:NAME}` and `${file:PATH}` in the text values of a parsed document, before validation. A
 * missing one is reported by name; a value never appears in a message. A file loses its last line break.
 */
export async function resolveSecrets(document: Document, context: SecretsContext): Promise<ResolvedSecrets> {
  const nodes: { node: Node & { value: unknown }; text: string }[] = []
  visit(document, {
    Scalar(key, node) {
      if (key !== 'key' && isScalar(node) && typeof node.value === 'string' && node.value.includes(`\${`)) {
        nodes.push({ node, text: node.value })
      }
    },
  })
  const referring = new Set<Node>()
  const broken = new Map<Node, string>()
  for (const { node, text } of nodes) {
    const outcome = await resolveText(text, context)
    if (outcome.references === 0) continue
    referring.add(node)
    if (outcome.problem === undefined) node.value = outcome.text
    else broken.set(node, outcome.problem)
  }
  return { referring, broken }
}

async function resolveText(
  text: string,
  context: SecretsContext,
): Promise<{ readonly text: string; readonly references: number; readonly problem?: string }> {
  let result = ''
  let from = 0
  let references = 0
  for (const match of text.matchAll(reference)) {
    const [whole, kind, name] = match
    references += 1
    const value = kind === 'env' ? context.environment[name ?? ''] : await readSecretFile(name ?? '', context.folder)
    if (value === undefined || value === '') return { text, references, problem: missing(kind ?? '', name ?? '') }
    result += text.slice(from, match.index) + value
    from = match.index + whole.length
  }
  return { text: result + text.slice(from), references }
}

function missing(kind: string, name: string): string {
  return kind === 'env'
    ? `the environment variable ${name || '(no name)'} is not set or empty; set it before starting`
    : `the file ${name || '(no name)'} named by \${file:…} cannot be read or is empty (paths are relative to the configuration folder)`
}

async function readSecretFile(name: string, folder: string): Promise<string | undefined> {
  try {
    return (await readFile(path.resolve(folder, name), 'utf8')).replace(/\r?\n$/, '')
  } catch (error) {
    // Any failure to read has the same remedy, and the caller reports it with the line that asked.
    return isFileError(error) ? undefined : Promise.reject(error)
  }
}

function isFileError(error: unknown): boolean {
  return error instanceof Error && 'code' in error
}

/** Said of a secret that stands in a file as it is. */
export const literalSecret = `a secret must not stand in this file; write "\${env:NAME}" or "\${file:PATH}"`

/** Whether every host behind the address is this machine: 127.0.0.0/8, localhost or [::1]. */
export function isLoopback(endpoint: string | undefined): boolean {
  if (endpoint === undefined || !URL.canParse(endpoint)) return false
  const host = new URL(endpoint).hostname
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host)
}
