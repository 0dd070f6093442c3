import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FundsAccount, freeze, settle, unfreeze, usableFunds } from '../../../core/billing/funds.ts'
import { money } from '../../../core/value/money.ts'

const usd = (cents: number) => money(cents, 'USD')
const account: FundsAccount = { balance: usd(12_000), frozen: usd(3_000), creditLimit: usd(10_000) }

describe('a funds account', () => {
  it('can use its balance and credit less what is frozen', () => {
    expect(usableFunds(account)).toEqual(usd(19_000))
  })

  it('freezes the estimate, and when the work is done sets it free and pays what it cost', () => {
    const planned = freeze(account, usd(1_240))
    if (!planned) throw new Error('there is enough')
    const done = settle(planned.account, usd(1_240), usd(1_305))

    expect(planned.entries).toEqual([{ kind: 'freeze', amount: usd(1_240), balanceAfter: usd(12_000), frozenAfter: usd(4_240) }])
    expect(done.entries).toEqual([
      { kind: 'unfreeze', amount: usd(1_240), balanceAfter: usd(12_000), frozenAfter: usd(3_000) },
      { kind: 'debit', amount: usd(1_305), balanceAfter: usd(10_695), frozenAfter: usd(3_000) },
    ])
    expect(done.account).toEqual({ ...account, balance: usd(10_695) })
  })

  it('freezes up to what can be used and no more', () => {
    expect(freeze(account, usd(19_000))).toBeDefined()
    expect(freeze(account, usd(19_001))).toBeUndefined()
  })

  it('has the estimate back when the work is not done', () => {
    expect(unfreeze({ ...account, frozen: usd(4_240) }, usd(1_240)).account).toEqual(account)
  })

  it('sets nothing free that is not frozen, and mixes no currencies', () => {
    expect(() => unfreeze(account, usd(3_001))).toThrow('more would be set free than is frozen')
    expect(() => freeze(account, money(100, 'EUR'))).toThrow()
  })

  it('keeps the sum of its entries in its figures', () => {
    const amount = fc.integer({ min: 0, max: 5_000 })
    fc.assert(
      fc.property(fc.array(fc.tuple(amount, amount), { maxLength: 20 }), (works) => {
        let now = account
        let paid = 0
        for (const [estimate, actual] of works) {
          const planned = freeze(now, usd(estimate))
          if (!planned) continue
          now = settle(planned.account, usd(estimate), usd(actual)).account
          paid += actual
        }

        expect(now).toEqual({ ...account, balance: usd(12_000 - paid) })
      }),
    )
  })
})
