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
