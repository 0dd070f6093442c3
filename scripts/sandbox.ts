import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { addMs } from '../core/value/instant.ts'
import { systemClock } from '../daemon/system.ts'
import { catalogCsv, demoCatalog, type LimitMode } from '../sandbox/index.ts'
import { createProgram, Exit, exitCodes, runProgram, untilInterruptedOrAlone } from './command-line.ts'
import { openSimulations, type SimulationName, type Simulations, simulationNames, warehouseAccount } from './demo/simulations.ts'
import { writeConfiguration } from './demo/write-configuration.ts'

const defaultPortBase = 4600
/** As config/demo has them. */
const portOffsets: Readonly<Record<SimulationName, number>> = { shopify: 1, amazon: 2, ebay: 3, wish: 4, goodcang: 100 }

const program = createProgram('sandbox', 'runs the simulated platforms and the simulated warehouse alone, until Ctrl-C')
  .option('--limits <mode>', 'published (the documented rates) or open (never throttled)', 'published')
  .option('--orders <count>', "how many orders wait on the demo's shops", '100')
  .option('--seed <number>', 'which orders: the same seed gives the same ones', '1')
  .option('--port-base <port>', 'ports are this plus 1 to 4 and plus 100', String(defaultPortBase))
  .option('--config-out <folder>', 'writes a configuration for it, ready to use; the folder must be new or empty')

interface Options {
  readonly limits: string
  readonly orders: string
  readonly seed: string
  readonly portBase: string
  readonly configOut?: string
}

program.action(async (options: Options) => {
  const limits = limitModeOf(options.limits)
  const count = wholeNumber('--orders', options.orders, 0, 100_000)
  const seed = wholeNumber('--seed', options.seed, 0, Number.MAX_SAFE_INTEGER)
  const base = wholeNumber('--port-base', options.portBase, 1024, 65_000)
  const folder = options.configOut === undefined ? undefined : await emptyFolder(resolve(options.configOut))
  const since = addMs(systemClock.now(), -3_600_000)
  const interrupted = untilInterruptedOrAlone()
  const simulations = await open(base, { count, seed, limits, since })
  try {
    if (folder !== undefined) {
      await writeConfiguration({ folder, since, limits, simulations })
      await writeCatalog(join(folder, 'catalog'))
    }
    process.stdout.write(`${describe(simulations, limits, folder)}\n`)
    if (!interrupted.aborted) await new Promise((ended) => interrupted.addEventListener('abort', ended, { once: true }))
  } finally {
    await simulations.close()
  }
})

async function open(base: number, wish: Omit<Parameters<typeof openSimulations>[0], 'ports'>): Promise<Simulations> {
  const ports = Object.fromEntries(simulationNames.map((name) => [name, base + portOffsets[name]])) as Record<SimulationName, number>
  try {
    return await openSimulations({ ...wish, ports })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
    const taken = 'port' in error ? `port ${String(error.port)} is` : 'one of the ports is'
    throw new Exit(exitCodes.usage, `${taken} in use: stop what runs there, or choose others with --port-base`)
  }
}

/** The demo's goods, to be imported as a seller would. */
async function writeCatalog(folder: string): Promise<void> {
  await mkdir(folder)
  for (const [name, text] of Object.entries(catalogCsv(demoCatalog))) await writeFile(join(folder, name), text)
}

async function emptyFolder(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  if ((await readdir(folder)).length === 0) return folder
  throw new Exit(exitCodes.usage, `${folder} is not empty: name a new folder, so that nothing is overwritten`)
}

function describe({ urls, settings, placed, plan }: Simulations, limits: LimitMode, folder: string | undefined): string {
  const shops = plan.accounts.map(({ account, platform }) => {
    const orders = placed.filter((order) => order.account === account).length
    return `  ${account.padEnd(10)} ${platform.padEnd(8)} ${urls[platform]}  ${String(orders).padStart(4)} orders`
  })
  return [
    `The sandbox runs with ${limits === 'open' ? 'no limits' : 'the published limits'}. Nothing leaves this machine.`,
    '',
    ...shops,
    `  ${warehouseAccount.padEnd(10)} goodcang ${urls.goodcang}  works only when told: "advance"`,
    '',
    ...(folder === undefined ? credentials(settings) : commandsFor(folder)),
    '',
    'Control it (docs/sandbox.md has all calls), for example:',
    `  curl -s -d '{"account":"${warehouseAccount}","options":{"to":"shipped"}}' ${urls.goodcang}/_sandbox/advance`,
    `  curl -s -d '{"account":"us-amazon"}' ${urls.amazon}/_sandbox/revoke`,
    `  curl -s '${urls.shopify}/_sandbox/ledger?account=brand-us'`,
    '',
    'Ctrl-C ends it; its orders are gone then.',
  ].join('\n')
}

function credentials(settings: Simulations['settings']): readonly string[] {
  return [
    'Settings of the shops, as shops.yaml takes them (--config-out FOLDER writes whole files):',
    ...Object.entries(settings).map(([account, block]) => `  ${account}: ${JSON.stringify(block)}`),
  ]
}

function commandsFor(folder: string): readonly string[] {
  const files = Object.keys(catalogCsv(demoCatalog)).map(
    (name) => `  npm run import -- ${name.replace('.csv', '')} ${join(folder, 'catalog', name)} --yes --config ${folder}`,
  )
  return [`Addresses and credentials stand in ${folder}. In another terminal:`, ...files, `  npm start -- --config ${folder}`]
}

function limitModeOf(text: string): LimitMode {
  if (text === 'published' || text === 'open') return text
  throw new Exit(exitCodes.usage, `--limits is published or open, not "${text}"`)
}

function wholeNumber(option: string, text: string, from: number, to: number): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isInteger(value) && value >= from && value <= to) return value
  throw new Exit(exitCodes.usage, `${option} must be a whole number from ${from} to ${to}, not "${text}"`)
}

await runProgram(program)
