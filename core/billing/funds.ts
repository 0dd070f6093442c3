import { addMoney, type Money, money, subtractMoney } from '../value/money.ts'

/** Prepaid money of one currency at one warehouse. */
export interface FundsAccount {
  readonly balance: Money
  /** Of the balance, what is kept for work that is planned. */
  readonly frozen: Money
  /** How far the balance may go below zero. */
  readonly creditLimit: Money
}

/** One movement and what it left; entries are never changed, only followed by others. */
export interface LedgerEntry {
  readonly kind: 'freeze' | 'unfreeze' | 'debit'
  readonly amount: Money
  readonly balanceAfter: Money
  readonly frozenAfter: Money
}

export interface Movement {
  readonly account: FundsAccount
  readonly entries: readonly LedgerEntry[]
}

/** What new work may cost. */
export function usableFunds({ balance, frozen, creditLimit }: FundsAccount): Money {
  return subtractMoney(addMoney(balance, creditLimit), frozen)
}

/** Keeps the estimated cost of planned work; undefined when that is more than can be used. */
export function freeze(account: FundsAccount, estimate: Money): Movement | undefined {
  if (subtractMoney(usableFunds(account), estimate).minorUnits < 0) return undefined
  return moved(account, [{ kind: 'freeze', amount: estimate }])
}

/**
 * Sets the estimate free and takes what the work really cost, which may be more than could be used: it is done.
 * Throws when more would be set free than is frozen.
 */
export function settle(account: FundsAccount, estimate: Money, actual: Money): Movement {
  return moved(account, [
    { kind: 'unfreeze', amount: estimate },
    { kind: 'debit', amount: actual },
  ])
}

/** Sets the estimate of work free that will not be done. */
export function unfreeze(account: FundsAccount, estimate: Money): Movement {
  return moved(account, [{ kind: 'unfreeze', amount: estimate }])
}

function moved(account: FundsAccount, movements: readonly Pick<LedgerEntry, 'kind' | 'amount'>[]): Movement {
  const entries: LedgerEntry[] = []
  let { balance, frozen } = account
  for (const { kind, amount } of movements) {
    const signs = { freeze: [0, 1], unfreeze: [0, -1], debit: [-1, 0] } as const
    const [ofBalance, ofFrozen] = signs[kind]
    balance = addMoney(balance, times(amount, ofBalance))
    frozen = addMoney(frozen, times(amount, ofFrozen))
    if (frozen.minorUnits < 0) throw new Error('more would be set free than is frozen')
    entries.push({ kind, amount, balanceAfter: balance, frozenAfter: frozen })
  }
  return { account: { ...account, balance, frozen }, entries }
}

function times(amount: Money, factor: -1 | 0 | 1): Money {
  return money(amount.minorUnits === 0 ? 0 : amount.minorUnits * factor, amount.currency)
}
