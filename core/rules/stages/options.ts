import { currencyDigits, isCurrency, type Money, parseMoney } from '../../value/money.ts'
import { readAction, readEach } from '../actions.ts'
import type { StageReader } from '../compile-stage.ts'
import { scopeOf } from '../conditions/scope.ts'
import type { RuleFacts, RuleHold } from '../facts.ts'
import type { Place } from '../place.ts'
import { missingRate, type Rule, type RuleTrial, trialOf, verdictOf } from '../rule.ts'

/** What is asked of the warehouse or the carrier beside shipping. */
export interface WantedOptions {
  readonly signature?: true
  /** A fixed amount, or what the goods of the part are worth, in the currency that the warehouse takes. */
  readonly insurance?: Money | { readonly currency: string }
  /** Whoever takes the parcel must be at least so old. */
  readonly ageCheck?: number
  /** In the words of the warehouse's adapter. */
  readonly packaging?: string
}

export interface OptionChoice {
  readonly options: WantedOptions
  readonly trials: readonly RuleTrial[]
  /** Of rules that could not be told. */
  readonly holds: readonly RuleHold[]
}

export const optionsReader: StageReader<readonly WantedOptions[]> = {
  stage: 'options',
  endsAtFirstMatch: () => false,
  readThen: (place) => readEach(place, readOption),
}

/** Every rule from the top that matches; of two that ask for the same option the lower one counts. */
export function chooseOptions(rules: readonly Rule<readonly WantedOptions[]>[], facts: RuleFacts): OptionChoice {
  const scope = scopeOf(facts)
  const trials: RuleTrial[] = []
  const holds: RuleHold[] = []
  let options: WantedOptions = {}
  for (const rule of rules) {
    const verdict = verdictOf(rule, scope)
    trials.push(trialOf(rule, verdict, scope))
    if (verdict === 'unknown') holds.push(missingRate(rule.name, facts))
    else if (verdict) options = Object.assign({}, options, ...rule.then) as WantedOptions
  }
  return { options, trials, holds }
}

function readOption(place: Place): WantedOptions | undefined {
  const read = readAction(place, 'options')
  if (!read) return undefined
  const { action, at } = read
  switch (action) {
    case 'signature':
      return at.isBare() ? { signature: true } : undefined
    case 'insurance':
      return readInsurance(at)
    case 'ageCheck': {
      const ageCheck = at.wholeNumber(1, 99)
      return ageCheck === undefined ? undefined : { ageCheck }
    }
    default: {
      const packaging = at.text('the kind of packaging as text')
      return packaging === undefined ? undefined : { packaging }
    }
  }
}

function readInsurance(place: Place): WantedOptions | undefined {
  if (!place.block(['amount', 'currency'])) return undefined
  const currency = place.at('currency').text('a currency such as USD')
  if (currency === undefined) return undefined
  if (!isCurrency(currency)) return place.at('currency').problem(`"${currency}" is no currency; write three capital letters, such as USD`)
  if (place.at('amount').value === undefined) return { insurance: { currency } }
  const amount = place.at('amount').text('an amount in quotes, such as "45.00"')
  if (amount === undefined) return undefined
  const digits = /^\d{1,9}(?:\.(\d+))?$/.exec(amount)
  if (!digits || (digits[1]?.length ?? 0) > currencyDigits(currency)) {
    return place.at('amount').problem(`"${amount}" is no amount; write it as "45.00"`)
  }
  return { insurance: parseMoney(amount, currency) }
}
