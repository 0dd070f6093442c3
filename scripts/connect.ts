import type { ConnectResult } from '../daemon/commands/connect.ts'
import { createLog } from '../daemon/log.ts'
import { runCommand } from '../daemon/run-command.ts'
import { createProgram, Exit, exitCodes, print, requireConfig, runProgram, untilInterrupted } from './command-line.ts'

const program = createProgram('connect', "gets a shop's refresh token by the platform's consent, and checks that the shop works")
  .requiredOption('--shop <id>', 'the shop')
  .option('--code <code>', 'what the platform gave after consent: the code, or the whole address that the browser ended at')
  .option('--json', 'one JSON document')

interface Options {
  readonly config?: string
  readonly shop: string
  readonly code?: string
  readonly json?: boolean
}

program.action(async ({ config: folder, shop, code, json }: Options) => {
  const config = await requireConfig(folder)
  if (!config.shops.some((candidate) => candidate.id === shop))
    throw new Exit(exitCodes.usage, `shop ${shop} is not configured; there are ${config.shops.map((candidate) => candidate.id).join(', ')}`)
  const args = { shop, ...(code !== undefined && { code }) }
  const result = (await runCommand(config, 'connect', args, createLog('warn'), untilInterrupted())) as ConnectResult
  const tail = folder === undefined ? '' : ` --config ${folder}`
  print(json, result, () => describe(result, code !== undefined, tail))
  process.exitCode = isAsExpected(result, code !== undefined) ? exitCodes.done : exitCodes.doesNotHold
})

/** Not yet connected is what one expects when asking for the address. */
function isAsExpected({ connected, authorizeUrl, problem }: ConnectResult, hasCode: boolean): boolean {
  return connected || (!hasCode && authorizeUrl !== null && problem?.kind === 'auth')
}

function describe(result: ConnectResult, hasCode: boolean, tail: string): string {
  const { shop, platform, connected, account, warnings, problem } = result
  const state = connected ? `shop ${shop} (${platform}) is connected as ${account}` : `shop ${shop} (${platform}) is NOT connected`
  return [
    state,
    ...warnings.map((warning) => `warning: ${warning}`),
    ...(problem === null ? [] : [problem.message]),
    ...(hasCode && connected ? ['the token is stored, encrypted; a running Quayside uses it from now on'] : nextSteps(result, tail)),
  ].join('\n')
}

function nextSteps({ shop, connected, authorizeUrl, hint }: ConnectResult, tail: string): readonly string[] {
  if (authorizeUrl === null) return hint === null || connected ? [] : [hint]
  return [
    '',
    connected ? 'To give consent anew (another account, more rights, before the old one ends):' : 'To give consent:',
    '1. Open this address in a browser, signed in as the seller:',
    `   ${authorizeUrl}`,
    '2. Agree. The browser ends at an address that carries a code; codes live a few minutes only.',
    '3. Hand it over at once, in quotes:',
    `   npm run connect -- --shop ${shop} --code "ADDRESS OR CODE"${tail}`,
  ]
}

await runProgram(program)
