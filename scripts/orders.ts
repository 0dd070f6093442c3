import type { Command } from 'commander'
import type { Config } from '../config/index.ts'
import { orderDocument } from '../core/model/document.ts'
import { type OrderState, orderStates } from '../core/model/order.ts'
import { gather } from '../core/planning/dossier.ts'
import type { Storage } from '../core/ports/storage.ts'
import { findOrder } from '../daemon/commands/orders.ts'
import { createLog, silentLog } from '../daemon/log.ts'
import { runCommand, withDatabase } from '../daemon/run-command.ts'
import { systemClock } from '../daemon/system.ts'
import { createProgram, Exit, exitCodes, operatorName, print, requireConfig, runProgram, table, untilInterrupted } from './command-line.ts'

const program = createProgram('orders', 'shows orders and settles by hand what a person must settle')
const folder = (): string | undefined => program.opts<{ config?: string }>().config

program
  .command('list')
  .description('orders, newest purchase first')
  .option('--shop <id>', 'only this shop')
  .option('--state <state>', `one of ${orderStates.join(', ')}`)
  .option('--limit <count>', 'at most so many, up to 500', '50')
  .option('--after <next>', 'go on where the last list ended')
  .option('--pii', 'show personal data; the look is recorded')
  .option('--json', 'one JSON document')
  .action((options: ListOptions) => withStorage((storage, config) => list(storage, config, options)))

program
  .command('show')
  .description('one order with everything that was decided and done')
  .argument('<id>', 'order number, platform order id, or SHOP/PLATFORM_ORDER_ID')
  .option('--pii', 'show personal data; the look is recorded')
  .option('--json', 'one JSON document')
  .action((id: string, options: { pii?: boolean; json?: boolean }) => withStorage((storage) => show(storage, id, options)))

program
  .command('rejected')
  .description('records that could not be read, kept with their payload')
  .option('--pii', 'show the payloads')
  .option('--json', 'one JSON document')
  .action((options: { pii?: boolean; json?: boolean }) => withStorage((storage) => rejected(storage, options)))

const edit = program.command('edit').description('corrects the address of an order; a later poll does not overwrite it').argument('<id>')
for (const field of ['name', 'company', 'phone', 'email', 'line1', 'line2', 'line3', 'city', 'state', 'postcode', 'country'])
  edit.option(`--${field} <text>`)
byHand(edit, async (id, { reason, json: _, ...address }) => runByHand('edit', { id, reason, address }))

byHand(
  program
    .command('assign')
    .description('chooses warehouse or service')
    .argument('<id>')
    .option('--warehouse <code>')
    .option('--service <code>'),
  async (id, { reason, warehouse, service }) => runByHand('assign', { id, reason, warehouse, service }),
)

byHand(program.command('mark-shipped').description('declares an order shipped outside').argument('<id>'), async (id, { reason }) =>
  runByHand('mark-shipped', { id, reason }),
)

interface ListOptions {
  readonly shop?: string
  readonly state?: string
  readonly limit: string
  readonly after?: string
  readonly pii?: boolean
  readonly json?: boolean
}

async function list(storage: Storage, config: Config, options: ListOptions): Promise<void> {
  const limit = Number(options.limit)
  if (!Number.isInteger(limit) || limit < 1 || limit > 500)
    throw new Exit(exitCodes.usage, `--limit must be a whole number from 1 to 500, not "${options.limit}"`)
  const state = orderStates.find((candidate) => candidate === options.state)
  if (options.state !== undefined && !state)
    throw new Exit(exitCodes.usage, `"${options.state}" is not a state; there are ${orderStates.join(', ')}`)
  const page = await storage.read(async (stores) => {
    const { orders, next } = await stores.orders.list({
      limit,
      ...(options.shop !== undefined && { shop: options.shop }),
      ...(state && { state: state satisfies OrderState }),
      ...(options.after !== undefined && { after: options.after }),
    })
    const dossiers = []
    for (const order of orders) dossiers.push(await gather(stores, order))
    return { dossiers, next }
  })
  // A shop that was configured once may still have orders.
  const shops = config.shops.map((shop) => shop.id)
  if (options.shop !== undefined && page.dossiers.length === 0 && !shops.includes(options.shop))
    throw new Exit(exitCodes.usage, `shop ${options.shop} is not configured and has no orders; there are ${shops.join(', ')}`)
  if (options.pii)
    await recordLook(
      storage,
      page.dossiers.map((dossier) => dossier.order.orderNo),
    )
  const orders = page.dossiers.map((dossier) => orderDocument(dossier, options.pii ?? false))
  print(options.json, { orders, next: page.next }, () => {
    const rows = orders.map((order) => [
      order.orderNo,
      order.shop,
      order.platformOrderId,
      order.state,
      order.purchasedAt,
      order.holds.map((hold) => hold.reason).join(', '),
    ])
    const more = page.next === null ? [] : [`more: --after ${page.next}`]
    return [
      rows.length === 0 ? 'no orders' : table([['order', 'shop', 'platform order', 'state', 'purchased', 'waits for'], ...rows]),
      ...more,
    ].join('\n')
  })
}

async function show(storage: Storage, id: string, options: { pii?: boolean; json?: boolean }): Promise<void> {
  const order = await findOrder({ world: { storage } }, id)
  if (options.pii) await recordLook(storage, [order.orderNo])
  const dossier = await storage.read((stores) => gather(stores, order))
  const document = orderDocument(dossier, options.pii ?? false)
  print(options.json, document, () => JSON.stringify(document, null, 2))
}

async function rejected(storage: Storage, options: { pii?: boolean; json?: boolean }): Promise<void> {
  const rows = (await storage.read((stores) => stores.rejected.list())).map(({ payload, ...row }) =>
    options.pii ? { ...row, payload } : row,
  )
  print(options.json, { rejected: rows }, () => {
    if (rows.length === 0) return 'every record could be read'
    return table([
      ['account', 'record', 'last seen', 'why'],
      ...rows.map((row) => [row.account, row.platformOrderId ?? '?', row.lastSeenAt, row.reason]),
    ])
  })
}

/** Who looked at personal data is part of the order's history. */
async function recordLook(storage: Storage, orderNos: readonly string[]): Promise<void> {
  const event = { type: 'personal-data-shown', at: systemClock.now(), data: { user: operatorName() } }
  await storage.write(async (stores) => {
    for (const orderNo of orderNos) await stores.events.append(orderNo, [event])
  })
}

function byHand(command: Command, work: (id: string, options: { reason: string } & Record<string, string>) => Promise<unknown>): void {
  command
    .requiredOption('--reason <text>', 'why; it stands in the history of the order')
    .option('--json', 'one JSON document')
    .action(async (id: string, options: { reason: string; json?: boolean } & Record<string, string>) => {
      const result = await work(id, options)
      print(options.json, result, () => 'done')
    })
}

async function runByHand(kind: string, args: Readonly<Record<string, unknown>>): Promise<unknown> {
  const config = await requireConfig(folder())
  return runCommand(config, kind, { ...args, user: operatorName() }, createLog(), untilInterrupted())
}

async function withStorage(work: (storage: Storage, config: Config) => Promise<void>): Promise<void> {
  const config = await requireConfig(folder())
  await withDatabase(config, silentLog, (storage) => work(storage, config))
}

await runProgram(program)
