import { describeTargets } from '../mapping/suggest.ts'
import { suggestionsFor } from '../mapping/suggest-for-hold.ts'
import type { Hold } from '../model/hold.ts'
import type { Order } from '../model/order.ts'
import { type Dossier, liveFulfillmentOrders, openHolds } from '../planning/dossier.ts'
import { explainDecisions } from './decisions.ts'
import { dictionaries } from './dictionaries.ts'
import { factsOf } from './event-facts.ts'
import { isEventType } from './event-types.ts'
import type { ExplainContext, ExplainedHold, Explanation } from './explanation.ts'
import { distanceOf, moment } from './moments.ts'
import { nextStep } from './next-step.ts'
import { explainOutside } from './outside.ts'
import { platformSaid } from './platform-said.ts'
import { commandsFor } from './remedy.ts'
import { type Words, wordsOfHold } from './words.ts'

/** Why an order is where it is and what comes next, in the words of one language. Free of personal data. */
export function explainOrder(dossier: Dossier, context: ExplainContext): Explanation {
  const words = dictionaries[context.lang]
  const { order } = dossier
  return {
    language: context.lang,
    orderNo: order.orderNo,
    shop: order.shop,
    platform: order.platform,
    platformOrderId: order.platformOrderId,
    state: order.state,
    headline: headline(order, words),
    summary: summary(dossier, words),
    platformSaid: platformSaid(order, context, words),
    decided: explainDecisions(context, words),
    outside: explainOutside(dossier, context, words),
    holds: openHolds(dossier).map((hold) => explainHold(order, hold, context, words)),
    history: context.events.map(({ type, at, data }) => ({
      at,
      type,
      text: isEventType(type) ? words.events[type](factsOf(data, words)) : type,
    })),
    next: nextStep(dossier, context, words),
  }
}

function headline({ platform, platformOrderId, displayNumber, shop, lines }: Order, { say, colon }: Words): string {
  const id = displayNumber === undefined || displayNumber === platformOrderId ? platformOrderId : `${displayNumber} (${platformOrderId})`
  const units = lines.reduce((sum, line) => sum + line.quantity, 0)
  return `${say.headline({ platform, id, shop })}${colon}${say.goods(lines.length, units)}`
}

function summary(dossier: Dossier, words: Words): string {
  const [first, ...others] = openHolds(dossier)
  const { state } = dossier.order
  const own = state === 'in-fulfillment' && isLeftUnnumbered(dossier) ? words.say.leftUnnumbered : words.states[state].sentence
  if (!first) return own
  const sentence = state === 'completed' ? words.say.doneButHeld : own
  return `${sentence}${words.gap}${words.say.waits(wordsOfHold(first, words).why, others.length)}`
}

function isLeftUnnumbered(dossier: Dossier): boolean {
  return liveFulfillmentOrders(dossier).every((item) => item.unnumberedSince !== undefined)
}

function explainHold(order: Order, hold: Hold, { now, commandTail, catalog }: ExplainContext, words: Words): ExplainedHold {
  const { reason, source, subject, placedAt, release, detail } = hold
  const { why, ends } = wordsOfHold(hold, words)
  return {
    reason,
    source,
    subject,
    since: placedAt,
    why,
    detail: words.said(detail),
    ends: release.mode === 'at-time' ? words.say.endsAt(moment(release.at), distanceOf(now, release.at, words)) : ends,
    suggestions: (catalog ? suggestionsFor(order, hold, catalog) : []).map((each) =>
      words.say.perhaps(describeTargets(each), each.because, each.known),
    ),
    commands: commandsFor(order, hold, commandTail),
  }
}
