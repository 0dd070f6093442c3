import type { Daemon } from '../../daemon/main.ts'
import { systemClock } from '../../daemon/system.ts'
import { applyChanges, type FaultRule, type RefusedChange } from '../../sandbox/index.ts'
import { look, type Sight } from './sight.ts'
import { type Stage, warehouseAccount } from './stage.ts'

/** Nothing in the demo may take longer; then it ends and the audit tells what is open. */
const patienceMs = 100_000
const lookEveryMs = 250

export interface PlayOptions {
  readonly faults: boolean
  readonly sabotage: boolean
}

/** The calls that change something, by the name each platform's documentation gives them. */
const writes = [
  'fulfillmentCreate',
  'confirmShipment',
  'createShippingFulfillment',
  'ShipOrder',
  'order/create_order',
  'order/cancel_order',
]

/** Faults of every family: answers to writes are lost often, since that is where goods are shipped twice; the rest is rare enough for work to go on. */
const faultRules: readonly FaultRule[] = [
  { kind: 'H5-5xx-after', operations: writes, probability: 0.05 },
  { kind: 'H7-reset-after', operations: writes, probability: 0.05 },
  { kind: 'H16-never-answered', operations: writes, probability: 0.01, times: 2 },
  { kind: 'H17-200-error-body', operations: writes, probability: 0.02 },
  { kind: 'H1-429-seconds', probability: 0.003, times: 5 },
  { kind: 'H5-5xx-before', probability: 0.01, times: 10 },
  { kind: 'H8-truncated-json', probability: 0.005, times: 5 },
  { kind: 'H9-html-200', probability: 0.005, times: 5 },
  { kind: 'G1-duplicate', probability: 0.1, times: 20 },
  { kind: 'G5-page-shift', probability: 0.1, times: 20 },
]

/** Plays the orders through: intake, push, late changes, shipping in parts, write-back, until nothing moves any more. */
export async function play(stage: Stage, daemon: Daemon, options: PlayOptions, say: (line: string) => void): Promise<void> {
  const deadline = Date.now() + patienceMs
  const refused: RefusedChange[] = []
  if (options.faults) setFaults(stage)
  await until(daemon, deadline, say, 'read and pushed', (sight) => sight.orders >= visibleOrders(stage) && isPushed(sight))

  refused.push(...applyChanges(stage.placed, 'after-push', stage.marketplaces))
  await reread(stage, daemon, deadline, say)
  shipSomeInParts(stage)
  refused.push(...applyChanges(stage.placed, 'later', stage.marketplaces))
  await reread(stage, daemon, deadline, say)
  if (options.faults) for (const simulated of [...Object.values(stage.marketplaces), stage.warehouse]) simulated.faults.clear()
  await until(
    daemon,
    deadline,
    say,
    'shipped and told to the platforms',
    (sight) => sight.isAtRest,
    () => {
      stage.warehouse.advance(warehouseAccount, { to: 'shipped' })
      wake(daemon, ['poll', 'track'])
    },
  )
  if (refused.length > 0) say(`${refused.length} changes came too late for the platforms, as they do`)
  if (options.sabotage) await sabotage(stage, say)
}

function setFaults(stage: Stage): void {
  for (const simulated of [...Object.values(stage.marketplaces), stage.warehouse]) simulated.faults.set(faultRules)
}

function visibleOrders(stage: Stage): number {
  return stage.plan.accounts
    .flatMap(({ account, platform }) => stage.marketplaces[platform]?.ledger(account).orders ?? [])
    .filter((order) => order.visible).length
}

/** Lets every shop be polled once from its beginning to its end, and what follows be done. */
async function reread(stage: Stage, daemon: Daemon, deadline: number, say: (line: string) => void): Promise<void> {
  const { world } = daemon.runtime
  const from = systemClock.now()
  wake(daemon, ['poll'])
  const isReread = async (): Promise<boolean> => {
    const rows = await world.storage.read((stores) => stores.lanes.all())
    return stage.plan.accounts.every(({ account }) =>
      rows.some((row) => row.lane === 'poll' && row.account === account && (row.lastStartedAt ?? '') >= from && row.problem === undefined),
    )
  }
  while (!(await isReread()) && Date.now() < deadline) {
    wake(daemon, ['poll'])
    await systemClock.sleep(lookEveryMs)
  }
  await until(daemon, deadline, say, 'changes taken in', isPushed)
}

/** Two parcels for every order of several lines that the warehouse can split. */
function shipSomeInParts(stage: Stage): void {
  const open = stage.warehouse
    .ledger(warehouseAccount)
    .outbounds.filter((outbound) => outbound.status === 'accepted' && outbound.lines.length > 1)
  const references = open.filter((_outbound, index) => index % 3 === 0).map((outbound) => outbound.reference)
  stage.warehouse.advance(warehouseAccount, { references, to: 'partially-shipped' })
}

function isPushed(sight: Sight): boolean {
  return !sight.isPlanDue && sight.openPushes === 0
}

function wake(daemon: Daemon, lanes: readonly ('poll' | 'track')[]): void {
  const { runtime } = daemon
  for (const lane of lanes) for (const account of runtime.accounts(lane)) runtime.world.wake(lane, account)
}

async function until(
  daemon: Daemon,
  deadline: number,
  say: (line: string) => void,
  what: string,
  isReached: (sight: Sight) => boolean,
  each: () => void = () => undefined,
): Promise<void> {
  let told = ''
  for (;;) {
    each()
    const sight = await look(daemon)
    if (sight.line !== told) say(sight.line)
    told = sight.line
    if (isReached(sight)) return say(`— ${what}`)
    if (Date.now() > deadline) return say(`— not everything is ${what} after ${patienceMs / 1000} s`)
    await systemClock.sleep(lookEveryMs)
  }
}

/** Does what the product promises never to happen: the same goods are sent to the warehouse a second time, past our rows. */
async function sabotage(stage: Stage, say: (line: string) => void): Promise<void> {
  say('sabotage: an outside hand sends goods of an order to the warehouse once more')
  const { appKey, appToken } = stage.warehouseSettings
  const outbound = stage.warehouse.ledger(warehouseAccount).outbounds[0]
  const body = {
    reference_no: 'SABOTAGE-1',
    platform: 'OTHER',
    shipping_method: outbound?.serviceCode,
    warehouse_code: outbound?.warehouseCode,
    country_code: 'US',
    province: 'NY',
    city: 'New York',
    address1: '1 Invented Street',
    zipcode: '10001',
    name: 'Nobody',
    phone: '2125550100',
    verify: 1,
    items: outbound?.lines.map((line) => ({ product_sku: line.wmsSku, quantity: line.quantity })),
  }
  const headers = { 'content-type': 'application/json', 'app-key': appKey, 'app-token': appToken }
  const request = new Request('http://sandbox/public_open/order/create_order', { method: 'POST', headers, body: JSON.stringify(body) })
  const answer = await (await stage.warehouse.fetch(request)).text()
  if (!answer.includes('Success')) throw new Error(`the sabotage did not work: ${answer}`)
}
