import type { Config } from '../config/index.ts'
import { SyncError } from '../core/errors.ts'
import { explainOrder, explainRejected, type Language, languages, renderExplanation, renderRejected } from '../core/explain/index.ts'
import type { Order } from '../core/model/order.ts'
import { gather } from '../core/planning/dossier.ts'
import type { Storage, Stores } from '../core/ports/storage.ts'
import { findOrder } from '../daemon/commands/orders.ts'
import { silentLog } from '../daemon/log.ts'
import { withDatabase } from '../daemon/run-command.ts'
import { systemClock } from '../daemon/system.ts'
import { createProgram, Exit, exitCodes, print, requireConfig, runProgram } from './command-line.ts'

const program = createProgram('why', 'explains one order: what was decided and why, what was sent, what it waits for, what comes next')
  .argument('<id>', 'order number, platform order id, or SHOP/PLATFORM_ORDER_ID')
  .option('--lang <language>', 'en or zh', 'en')
  .option('--json', 'one JSON document')

interface Options {
  readonly config?: string
  readonly lang: string
  readonly json?: boolean
}

program.action(async (id: string, options: Options) => {
  const lang = languages.find((candidate) => candidate === options.lang)
  if (!lang) throw new Exit(exitCodes.usage, `"${options.lang}" is not a language that is spoken here; there are ${languages.join(', ')}`)
  const config = await requireConfig(options.config)
  const way = { config, lang, commandTail: options.config === undefined ? '' : ` --config ${options.config}`, asJson: options.json }
  await withDatabase(config, silentLog, (storage) => explainById(storage, id, way))
})

interface Way {
  readonly config: Config
  readonly lang: Language
  readonly commandTail: string
  readonly asJson: boolean | undefined
}

async function explainById(storage: Storage, id: string, way: Way): Promise<void> {
  const order = await findOrder({ world: { storage } }, id).catch((error: unknown) => explainSetAside(storage, id, way, error))
  if (order) await storage.read((stores) => explain(stores, order, way))
}

async function explain(stores: Stores, order: Order, { config, lang, commandTail, asJson }: Way): Promise<void> {
  const now = systemClock.now()
  const unreadable = (await stores.rejected.list()).find(
    (row) => row.account === order.shop && row.platformOrderId === order.platformOrderId,
  )
  const explanation = explainOrder(await gather(stores, order), {
    trace: await stores.traces.latest(order.orderNo),
    events: await stores.events.list(order.orderNo),
    lanes: await stores.lanes.all(),
    writeStop: config.writeStop,
    catalog: await stores.catalog.load(),
    version: config.hash,
    now,
    lang,
    commandTail,
    ...(unreadable && { unreadable: unreadable.reason }),
  })
  print(asJson, explanation, () => renderExplanation(explanation, now))
}

/** An order that could not be read is known by its record alone. */
async function explainSetAside(storage: Storage, id: string, { lang, commandTail, asJson }: Way, error: unknown): Promise<undefined> {
  if (!(error instanceof SyncError) || error.code !== 'order-not-found') throw error
  const all = await storage.read((stores) => stores.rejected.list())
  const rows = all.filter((row) => row.platformOrderId === id || `${row.account}/${row.platformOrderId}` === id)
  if (rows.length === 0) throw error
  const explanations = rows.map((row) => explainRejected(row, { lang, commandTail }))
  print(asJson, { rejected: explanations }, () => explanations.map(renderRejected).join('\n\n'))
}

await runProgram(program)
