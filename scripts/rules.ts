import { access } from 'node:fs/promises'
import type { Config } from '../config/index.ts'
import { explainOrder, type Language, languages } from '../core/explain/index.ts'
import { indexCatalog } from '../core/mapping/catalog-index.ts'
import { planAsItStands } from '../core/planning/consider-order.ts'
import { unplannedUnits } from '../core/planning/demand.ts'
import { diffPlans } from '../core/planning/diff-plans.ts'
import { type Dossier, gather } from '../core/planning/dossier.ts'
import { planPast, wasOurs } from '../core/planning/plan-past.ts'
import { ruleStatistics } from '../core/planning/rule-statistics.ts'
import type { Storage, Stores } from '../core/ports/storage.ts'
import { addMs, type Instant, instantFromMs, parseDurationMs } from '../core/value/instant.ts'
import { findOrder } from '../daemon/commands/orders.ts'
import { ruleSetOf } from '../daemon/load.ts'
import { silentLog } from '../daemon/log.ts'
import { pastConditions, pastOrders } from '../daemon/past-orders.ts'
import { withDatabase } from '../daemon/run-command.ts'
import { systemClock } from '../daemon/system.ts'
import { createProgram, Exit, exitCodes, print, requireConfig, runProgram } from './command-line.ts'
import { diffDocument, diffPage, statisticsPage } from './rules/pages.ts'

const program = createProgram('rules', 'checks the rules, explains one order by them, and tells what edited rules would have changed')
const configOption = (): string | undefined => program.opts<{ config?: string }>().config

const lookBack = ['--since <time>', 'how far back: a duration such as 30d, or a day such as 2026-11-01', '30d'] as const

program
  .command('check')
  .description('compiles the rules (exit 2 on mistakes) and tells which never or always matched the stored orders')
  .argument('[file]', 'an edited rules file in place of rules.yaml')
  .option(...lookBack)
  .option('--json', 'one JSON document')
  .action(async (file: string | undefined, options: { readonly since: string; readonly json?: boolean }) => {
    const since = instantOf(options.since)
    const config = await requireConfig(configOption(), await existing(file))
    await withDatabase(config, silentLog, async (storage) => {
      const rules = { document: config.rules, ruleSet: ruleSetOf(config) }
      const statistics = await ruleStatistics(pastOrders(storage, since, [rules.ruleSet]), rules, await conditionsOf(config, storage))
      print(options.json, { since, ...statistics }, () => statisticsPage(statistics, since))
    })
  })

program
  .command('explain')
  .description('plans one order now, by the rules as they stand, and shows every step; nothing is written')
  .argument('<id>', 'order number, platform order id, or SHOP/PLATFORM_ORDER_ID')
  .option('--lang <language>', 'en or zh', 'en')
  .option('--json', 'one JSON document')
  .action(async (id: string, options: { readonly lang: string; readonly json?: boolean }) => {
    const lang = languages.find((candidate) => candidate === options.lang)
    if (!lang) throw new Exit(exitCodes.usage, `"${options.lang}" is not a language that is spoken here; there are ${languages.join(', ')}`)
    const config = await requireConfig(configOption())
    await withDatabase(config, silentLog, async (storage) => {
      const { orderNo } = await findOrder({ world: { storage } }, id)
      const explained = await storage.read((stores) => explain(stores, orderNo, config, lang))
      print(options.json, explained, () =>
        [
          `${orderNo}  ${explained.basis}`,
          ...explained.steps.flatMap((step) => [`${step.title}: ${step.result}`, ...step.details.map((detail) => `  ${detail}`)]),
          ...explained.holds.map((hold) => `holds it: ${hold.reason}  ${hold.detail}`),
        ].join('\n'),
      )
    })
  })

program
  .command('diff')
  .description('plans past orders with an edited rules file too and tells what would differ; nothing is written')
  .argument('<file>', 'the edited rules file')
  .option(...lookBack)
  .option('--limit <count>', 'how many orders to name', '20')
  .option('--json', 'one JSON document, with every order')
  .action(async (file: string, options: { readonly since: string; readonly limit: string; readonly json?: boolean }) => {
    const since = instantOf(options.since)
    const limit = /^\d+$/.test(options.limit) ? Number(options.limit) : undefined
    if (limit === undefined) throw new Exit(exitCodes.usage, `--limit takes a whole number, got "${options.limit}"`)
    const config = await requireConfig(configOption())
    const edited = await requireConfig(configOption(), await existing(file))
    await withDatabase(config, silentLog, async (storage) => {
      const conditions = await conditionsOf(config, storage)
      const [before, after] = [ruleSetOf(config), ruleSetOf(edited)]
      const diff = await diffPlans(pastOrders(storage, since, [before, after]), { ...conditions, before, after })
      print(options.json, { since, file, ...diffDocument(diff) }, () => diffPage(diff, { since, file, limit }))
    })
  })

async function explain(stores: Stores, orderNo: string, config: Config, lang: Language) {
  const order = await stores.orders.load(orderNo)
  if (!order) throw new Error(`order ${orderNo} was found and is not stored`)
  const dossier = await gather(stores, order)
  const now = systemClock.now()
  const { plan, basis } = await planNow(stores, dossier, config, now)
  const context = { trace: { at: now, trace: { version: config.hash, steps: plan.trace } }, events: [], now, lang }
  return { orderNo, basis, steps: explainOrder(dossier, context).decided.steps, holds: [...plan.holds, ...(plan.rest ? [plan.rest] : [])] }
}

async function planNow(stores: Stores, dossier: Dossier, config: Config, now: Instant) {
  const conditions = pastConditions(config, indexCatalog(await stores.catalog.load()))
  const rules = ruleSetOf(config)
  const { order } = dossier
  if (wasOurs(order) && unplannedUnits(dossier).size > 0) {
    const plan = await planAsItStands(stores, dossier, {
      catalog: conditions.catalog,
      operations: { warehouses: config.warehouses, rules },
      checkOutbound: conditions.checkOutbound,
      now,
    })
    return { plan, basis: 'as it would be decided now, for what nobody has shipped or planned yet' }
  }
  const basis = 'nothing is left to decide: as the whole order would be decided now, if every warehouse had everything'
  return { plan: planPast(dossier, rules, conditions, now), basis }
}

async function conditionsOf(config: Config, storage: Storage) {
  return pastConditions(config, indexCatalog(await storage.read((stores) => stores.catalog.load())))
}

/** A moment so long ago, or the beginning of a day. */
function instantOf(text: string): Instant {
  const ms = parseDurationMs(text)
  if (ms !== undefined) return addMs(systemClock.now(), -ms)
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(day)) return instantFromMs(day)
  throw new Exit(exitCodes.usage, `--since takes a duration such as 30d or a day such as 2026-11-01, got "${text}"`)
}

async function existing(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined
  return access(file).then(
    () => file,
    () => {
      throw new Exit(exitCodes.usage, `${file} cannot be read: name a rules file`)
    },
  )
}

await runProgram(program)
