import { describe, expect, it } from 'vitest'
import { commandsFor, enderOf, quoted } from '../../../core/explain/remedy.ts'
import { holdReasons } from '../../../core/model/hold.ts'
import { hold, order, orderNo } from '../../fakes/dossiers.ts'
import { at } from '../../fakes/order-snapshots.ts'

const manual = { mode: 'manual' } as const

describe('remedies', () => {
  it('name the hold exactly, quoted for a shell', () => {
    const commands = commandsFor(
      order(),
      hold({ reason: 'review-rule', source: 'rule', subject: "Ann's rule", release: manual }),
      ' --config x',
    )

    expect(commands[0]).toBe(`npm run holds -- release --order ${orderNo} --reason review-rule --subject 'Ann'\\''s rule' --config x`)
  })

  it('do not offer to release what comes back as long as its cause lasts', () => {
    const parked = hold({ reason: 'wms-exception', release: { mode: 'when-condition' } })

    expect(commandsFor(order(), parked).join('\n')).not.toContain('release')
    expect(commandsFor(order(), { ...parked, release: manual }).join('\n')).toContain('release')
  })

  it('offer to overrule the platform', () => {
    const frozen = hold({ reason: 'platform-hold', source: 'platform', release: { mode: 'when-condition' } })

    expect(commandsFor(order(), frozen)).toEqual([
      'npm run resync -- --shop brand --order 1',
      `npm run holds -- release --order ${orderNo} --reason platform-hold`,
    ])
  })

  it('let a person answer what the buyer asks for, and wait for what the warehouse was asked', () => {
    const asked = hold({ reason: 'cancel-pending', source: 'platform', release: { mode: 'when-condition' } })

    expect(enderOf(asked)).toBe('person')
    expect(commandsFor(order(), asked)).toEqual([
      'npm run resync -- --shop brand --order 1',
      `npm run holds -- release --order ${orderNo} --reason cancel-pending`,
      `npm run holds -- cancel --order ${orderNo} --reason cancel-pending`,
    ])
    expect(enderOf(hold({ reason: 'cancel-pending' }))).toBe('itself')
  })

  it('leave a warning of fraud to a person', () => {
    expect(enderOf(hold({ reason: 'risk-flagged', source: 'platform', release: { mode: 'when-condition' } }))).toBe('person')
  })

  it.each([
    ['add a row to sku-mappings.csv and import it', 'npm run import -- sku-mappings FILE.csv --yes'],
    [
      'add the row NJ,MUG,CODE,1 to warehouse-skus.csv, with its code there for CODE, and import it',
      'npm run import -- warehouse-skus FILE.csv --yes',
    ],
  ])('import the table that lacks the row: %s', (detail, command) => {
    expect(commandsFor(order(), hold({ reason: 'unmapped-sku', detail }))).toEqual([command])
  })

  it.each([
    ['writeback-rejected', 'the platform refused the tracking number: no. Correct the cause, then retry', true],
    ['writeback-rejected', 'ebay does not let a reported tracking number be changed: enter the new one there', false],
    ['intercept-failed', 'the order was changed, but the warehouse did not stop R (it is packed): recall the parcel', true],
    ['intercept-failed', 'the order was changed, but the warehouse did not stop R (it had stopped it once): recall the parcel', false],
  ] as const)('offer a retry of %s only where there is something to send: %s', (reason, detail, isOffered) => {
    const commands = commandsFor(order(), hold({ reason, detail, release: manual }))

    expect(commands.some((command) => command.includes('retry'))).toBe(isOffered)
  })

  it('check the rules when only a rule can map the listing', () => {
    const detail = 'add a mapping rule for its title to rules.yaml, such as regex: { pattern: ".*", sku: SKU }'

    expect(commandsFor(order(), hold({ reason: 'unmapped-sku', detail }))).toEqual(['npm run rules -- check'])
  })

  it('read the orders of a shop again when the platform gave no address: the access to it changes no order', () => {
    const missing = hold({ reason: 'pii-missing', source: 'platform', release: { mode: 'when-condition' } })

    expect(enderOf(missing)).toBe('person')
    expect(commandsFor(order(), missing).slice(0, 2)).toEqual([
      'npm run resync -- --shop brand --order 1',
      'npm run resync -- --shop brand --since DATE',
    ])
  })

  it('ask the warehouse once more to stop what it did not stop', () => {
    const failed = hold({ reason: 'intercept-failed', subject: 'R', release: manual })

    expect(commandsFor(order(), failed)[0]).toBe(`npm run holds -- retry --order ${orderNo} --reason intercept-failed --subject R`)
  })

  it.each(holdReasons)('give a person something to run about %s, except where only the warehouse or a file can help', (reason) => {
    const commands = commandsFor(order(), hold({ reason, release: manual }))

    expect(commands.length > 0).toBe(!['wms-parked', 'cancel-pending', 'carrier-unmapped'].includes(reason))
  })

  it('tell who ends a hold', () => {
    expect(enderOf(hold({ release: { mode: 'at-time', at: at('09:00') } }))).toBe('time')
    expect(enderOf(hold({ release: manual }))).toBe('person')
    expect(enderOf(hold({ reason: 'out-of-stock' }))).toBe('itself')
    expect(enderOf(hold({ reason: 'unmapped-sku' }))).toBe('person')
  })

  it('quote only what a shell would take apart', () => {
    expect(quoted('gid://shopify/Order/1')).toBe('gid://shopify/Order/1')
    expect(quoted('12 34;rm')).toBe(`'12 34;rm'`)
  })
})
