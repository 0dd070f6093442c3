import { describe, expect, it } from 'vitest'
import { type Explanation, explainRejected, renderExplanation, renderRejected } from '../../../core/explain/index.ts'
import { createEffect, fulfillmentOrder, hold } from '../../fakes/dossiers.ts'
import { at } from '../../fakes/order-snapshots.ts'
import { explain, laneRow, now, traceOf } from './explaining.ts'

const waiting = (lang: 'en' | 'zh'): Explanation =>
  explain(
    { holds: [hold({ reason: 'unmapped-sku', subject: 'CH-MUG', detail: 'no SKU is known for it' })] },
    {
      lang,
      trace: traceOf({
        stage: 'review',
        result: 'held',
        rules: [{ rule: 'Big', result: 'matched', compared: [{ asked: 'a gte 1', found: '2', verdict: true }] }],
      }),
      events: [{ type: 'imported', at: at('07:30'), data: { platformStatus: 'PAID', lines: 1 } }],
    },
  )

describe('the page of an order', () => {
  it('reads from top to bottom in English', () => {
    expect(renderExplanation(waiting('en'), now)).toBe(
      `
Q000000000001  shopify order 1 of shop brand: 1 line, 2 units
It is to be shipped and no warehouse has it yet. It waits. It is not known which of your goods a listing stands for, or what the warehouse calls them.

What the platform says
  PAID / UNFULFILLED: to be shipped, paid
  bought 2026-11-24 07:00:00Z, changed there 2026-11-24 07:00:00Z
  2 × CH-MUG "A mug" → 2 × MUG

What was decided
  2026-11-24 08:00:00Z (4 hours ago), configuration 0123456789ab
    review: held
      rule "Big": matches
        a gte 1? yes: 2

What was sent, and what came back
  nothing was sent

What it waits for
  unmapped-sku about CH-MUG: It is not known which of your goods a listing stands for, or what the warehouse calls them.
    since 2026-11-24 08:00:00Z (4 hours ago), placed by Quayside
    detail: no SKU is known for it
    ends: Add the missing row to the CSV file and import it, or the rule that the detail asks for; every order that waits for it goes on.
    run: npm run import -- sku-mappings FILE.csv --yes

History
  2026-11-24 07:30:00Z  first read from the platform: PAID, 1 line

What happens next
  To do: Add the missing row to the CSV file and import it, or the rule that the detail asks for; every order that waits for it goes on.
    npm run import -- sku-mappings FILE.csv --yes`.trim(),
    )
  })

  it('has the same parts in Chinese', () => {
    const page = renderExplanation(waiting('zh'), now)

    expect(page.split('\n').filter((line) => line !== '' && !line.startsWith(' '))).toEqual([
      'Q000000000001  店铺 brand 的 shopify 订单 1：1 行，共 2 件',
      '需要发货，但还没有交给任何仓库。正在等待。不知道这个刊登对应哪个 SKU，或仓库使用哪个编码。',
      '平台怎么说',
      '做了什么决定',
      '发送了什么，对方如何答复',
      '在等什么',
      '历史',
      '接下来',
    ])
    expect(page).toContain('  需要您处理：在 CSV 文件中补上缺少的一行并导入')
  })

  it('says what was sent, that nothing is waited for, and what stands in the way', () => {
    const problem = { kind: 'auth', code: 'x', message: 'the key is refused', since: at('11:00') }
    const page = renderExplanation(
      explain(
        {
          fulfillmentOrders: [fulfillmentOrder(1, { status: 'planned' })],
          effects: [createEffect(1, { state: 'planned', nextAttemptAt: at('12:01') })],
        },
        { lanes: [laneRow({ problem })], trace: traceOf(), version: 'another' },
      ),
      now,
    )

    expect(page).toContain('What it waits for\n  nothing\n')
    expect(page).toContain('The configuration has changed since.')
    expect(page).toContain('\n  fulfillment order Q000000000001-1, NJ by ground: planned\n')
    expect(page).toMatch(
      /By itself: 2026-11-24 12:01:00Z \(in 1 minute\): .*\n {2}! sending to the warehouse of gc is stopped: the key is refused$/,
    )
  })
})

describe('the page of a record that could not be read', () => {
  const row = {
    account: 'wish-1',
    platformOrderId: 'W 1',
    reason: 'total: expected text',
    firstSeenAt: at('07:00'),
    lastSeenAt: at('08:00'),
  }

  it('says why, since when and what to do, and not what it holds', () => {
    expect(renderRejected(explainRejected(row, { lang: 'en', commandTail: ' --config x' }))).toBe(
      `
record W 1 of wish-1
It could not be understood, so it was set aside with everything it says. Nothing is lost and nothing was guessed.

What the platform says
  why: total: expected text
  first seen 2026-11-24 07:00:00Z, last seen 2026-11-24 08:00:00Z

What happens next
  To do: Correct the record on the platform if it is wrong there, then read it again. If it is right, report it with the payload that is kept.
    npm run resync -- --shop wish-1 --order 'W 1' --config x
    npm run orders -- rejected --pii --config x`.trim(),
    )
  })

  it('cannot be read again when it has no id', () => {
    const { platformOrderId: _, ...nameless } = row

    expect(explainRejected(nameless, { lang: 'zh' })).toMatchObject({
      platformOrderId: null,
      headline: 'wish-1 的记录 ?',
      next: { commands: ['npm run orders -- rejected --pii'] },
    })
  })
})
