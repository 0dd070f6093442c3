import type { Hold, HoldReason } from '../model/hold.ts'
import type { Order } from '../model/order.ts'
import { stoppedOnce } from '../planning/progress-holds.ts'

/** Who ends a hold: a person, a moment, or the product and the outside world by themselves. */
export type Ender = 'person' | 'time' | 'itself'

interface Remedy {
  /** Who ends a hold that ends with its cause. */
  readonly endedBy: 'person' | 'itself'
  /** What may be run, the usual one first. */
  readonly commands: readonly CommandTemplate[]
}

type CommandTemplate = (order: Order, hold: Hold) => string

const release: CommandTemplate = (order, hold) => holds('release', order, hold)
const retry: CommandTemplate = (order, hold) => holds('retry', order, hold)
const giveUp: CommandTemplate = (order, hold) => holds('cancel', order, hold)
const readAgain: CommandTemplate = (order) => readAgainCommand(order.shop, order.platformOrderId)
const readAllAgain: CommandTemplate = (order) => `npm run resync -- --shop ${order.shop} --since DATE`
const correctAddress: CommandTemplate = (order) =>
  `npm run orders -- edit ${order.orderNo} --reason "TEXT" --line1 "STREET" --postcode CODE`
const chooseRoute: CommandTemplate = (order) => `npm run orders -- assign ${order.orderNo} --reason "TEXT" --warehouse CODE --service CODE`
const importRows =
  (kind: string): CommandTemplate =>
  () =>
    `npm run import -- ${kind} FILE.csv --yes`

/** The detail says which of the two tables lacks the row, or that only a rule can help. */
const mapListing: CommandTemplate = (order, hold) => {
  if (hold.detail.includes('rules.yaml')) return 'npm run rules -- check'
  return importRows(hold.detail.includes('warehouse-skus') ? 'warehouse-skus' : 'sku-mappings')(order, hold)
}

/** What to do about each reason, whatever the language. */
export const remedies: Readonly<Record<HoldReason, Remedy>> = {
  'review-rule': { endedBy: 'itself', commands: [release, giveUp] },
  'cool-off': { endedBy: 'itself', commands: [release, giveUp] },
  'high-value': { endedBy: 'itself', commands: [release, giveUp] },
  'duplicate-suspected': { endedBy: 'itself', commands: [release, giveUp] },
  'risk-flagged': { endedBy: 'itself', commands: [release, giveUp] },
  'platform-hold': { endedBy: 'itself', commands: [readAgain, release] },
  'payment-pending': { endedBy: 'itself', commands: [readAgain] },
  'unmapped-sku': { endedBy: 'person', commands: [mapListing] },
  'unit-factor-mismatch': { endedBy: 'person', commands: [importRows('warehouse-skus')] },
  'address-invalid': { endedBy: 'person', commands: [correctAddress, readAgain] },
  'pii-missing': { endedBy: 'person', commands: [readAgain, readAllAgain, correctAddress] },
  'country-not-served': { endedBy: 'person', commands: [chooseRoute] },
  'no-route': { endedBy: 'person', commands: [chooseRoute] },
  'out-of-stock': { endedBy: 'itself', commands: [chooseRoute] },
  'split-not-allowed': { endedBy: 'person', commands: [chooseRoute] },
  'field-too-long': { endedBy: 'person', commands: [correctAddress] },
  'insufficient-funds': { endedBy: 'person', commands: [release] },
  'push-rejected': { endedBy: 'person', commands: [release, giveUp] },
  'push-unknown': { endedBy: 'person', commands: [retry] },
  'reference-conflict': { endedBy: 'person', commands: [retry, giveUp] },
  'wms-exception': { endedBy: 'person', commands: [release, giveUp] },
  'wms-parked': { endedBy: 'person', commands: [] },
  'cancel-pending': { endedBy: 'itself', commands: [] },
  'intercept-failed': { endedBy: 'person', commands: [retry, release] },
  'writeback-rejected': { endedBy: 'person', commands: [retry, release] },
  'writeback-unknown': { endedBy: 'person', commands: [retry] },
  'carrier-unmapped': { endedBy: 'person', commands: [] },
  'no-first-scan': { endedBy: 'itself', commands: [release] },
  'marked-not-shipped': { endedBy: 'person', commands: [release] },
  'fx-missing': { endedBy: 'person', commands: [importRows('fx'), release] },
  'unknown-value': { endedBy: 'person', commands: [release, readAgain] },
  'before-cutover': { endedBy: 'person', commands: [release] },
}

/** What only a person can answer when the platform says it: the buyer's wish to cancel, and a warning of fraud. */
const platformRemedies: Readonly<Partial<Record<HoldReason, Remedy>>> = {
  'cancel-pending': { endedBy: 'person', commands: [readAgain, release, giveUp] },
  'risk-flagged': { endedBy: 'person', commands: [release, giveUp] },
}

function remedyOf({ reason, source }: Hold): Remedy {
  return (source === 'platform' ? platformRemedies[reason] : undefined) ?? remedies[reason]
}

/** Who ends this hold, as it is. */
export function enderOf(hold: Hold): Ender {
  if (hold.release.mode === 'at-time') return 'time'
  return hold.release.mode === 'manual' ? 'person' : remedyOf(hold).endedBy
}

/** What to run about this hold; `tail` stands behind each command. */
export function commandsFor(order: Order, hold: Hold, tail = ''): readonly string[] {
  const { commands } = remedyOf(hold)
  const useful = commands.filter((command) => (command !== release || mayBeReleased(hold)) && (command !== retry || mayBeRetried(hold)))
  return useful.map((command) => command(order, hold) + tail)
}

/** A hold that the product places again as long as its cause lasts is not ended by releasing it. */
function mayBeReleased(hold: Hold): boolean {
  return hold.release.mode !== 'when-condition' || hold.source !== 'system'
}

/** A report that was never refused, because it is not made, and a stop that was confirmed, have nothing to send again. */
function mayBeRetried({ reason, detail }: Hold): boolean {
  if (reason === 'intercept-failed') return !detail.includes(stoppedOnce)
  return reason !== 'writeback-rejected' || detail.endsWith('then retry')
}

/** What reads an order again from its platform. */
export function readAgainCommand(shop: string, platformOrderId: string, tail = ''): string {
  return `npm run resync -- --shop ${shop} --order ${quoted(platformOrderId)}${tail}`
}

function holds(action: 'release' | 'retry' | 'cancel', order: Order, hold: Hold): string {
  const subject = hold.subject === '' ? '' : ` --subject ${quoted(hold.subject)}`
  return `npm run holds -- ${action} --order ${order.orderNo} --reason ${hold.reason}${subject}`
}

/** Ready for a shell: quoted where a sign would mean something to it. */
export function quoted(text: string): string {
  return /^[\w.:/@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
