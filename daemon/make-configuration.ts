import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseDocument } from 'yaml'
import { SyncError } from '../core/errors.ts'

const example = fileURLToPath(new URL('../config/example', import.meta.url))
const schemas = fileURLToPath(new URL('../config/schema', import.meta.url))

/** Where the key stands, beside the files that refer to it. */
export const keyFile = 'key'

/** A variable of the environment that a file asks for. */
export interface NeededVariable {
  readonly name: string
  readonly file: string
  readonly line: number
  readonly isSet: boolean
}

export interface NewConfiguration {
  /** Absolute. */
  readonly folder: string
  readonly files: readonly string[]
  /** By name, each once: where it is asked for first. */
  readonly variables: readonly NeededVariable[]
}

/**
 * Makes a configuration out of the example, with a key of its own and writing stopped. Nothing is ever
 * overwritten: throws `config` (`folder-not-empty`) when the folder holds anything.
 */
export async function makeConfiguration(
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<NewConfiguration> {
  const target = path.resolve(folder)
  await refuseUnlessEmpty(target)
  const files = (await readdir(example)).filter((name) => name.endsWith('.yaml')).sort()
  for (const name of files) await copyFile(path.join(example, name), path.join(target, name), constants.COPYFILE_EXCL)
  for (const name of files) await pointAtSchemas(path.join(target, name))
  await writeFile(path.join(target, keyFile), `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
  await useKeyFile(path.join(target, 'quayside.yaml'))
  return { folder: target, files, variables: await neededVariables(target, files, environment) }
}

async function refuseUnlessEmpty(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if ((await readdir(folder)).length === 0) return
  throw new SyncError(
    'config',
    `${shown(folder)} holds a configuration or other files already; nothing was changed. Edit it, or name a new folder with --config`,
    {
      code: 'folder-not-empty',
    },
  )
}

/** The first line tells editors where the schema is, relative to the file. */
async function pointAtSchemas(file: string): Promise<void> {
  const relative = path.relative(path.dirname(file), schemas).split(path.sep).join('/')
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace('$schema=../schema/', `$schema=${relative}/`))
}

async function useKeyFile(file: string): Promise<void> {
  const document = parseDocument(await readFile(file, 'utf8'))
  document.setIn(['privacy', 'key'], `\${file:${keyFile}}`)
  document.setIn(['writeStop'], true)
  await writeFile(file, document.toString({ lineWidth: 0 }))
}

async function neededVariables(
  folder: string,
  files: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<readonly NeededVariable[]> {
  const variables = new Map<string, NeededVariable>()
  for (const file of files) {
    const lines = (await readFile(path.join(folder, file), 'utf8')).split('\n')
    for (const [index, line] of lines.entries()) {
      if (line.trimStart().startsWith('#')) continue
      for (const [, name = ''] of line.matchAll(/\$\{env:([^}]+)\}/g)) {
        if (!variables.has(name)) variables.set(name, { name, file, line: index + 1, isSet: Boolean(environment[name]) })
      }
    }
  }
  return [...variables.values()]
}

/** As a person would type it. */
export function shown(folder: string): string {
  const relative = path.relative(process.cwd(), folder)
  return relative === '' || relative.startsWith('..') ? folder : relative
}
