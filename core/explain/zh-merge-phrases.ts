import type { Phrase } from './zh-outside-phrases.ts'

/** What planning says of orders that travel together, or might. */
export function mergePhrases(inChinese: (text: string) => string): readonly Phrase[] {
  return [
    [/^travels alone$/, () => '单独发货'],
    [/^travels alone: (.+)$/, (because = '') => `单独发货：${inChinese(because)}`],
    [/^the rule "(.*)" lets it travel with other orders of its buyer$/, (rule) => `规则“${rule}”允许与同一买家的其他订单合单`],
    [
      /^waits until (\S+) for other orders of its buyer, by the rule "(.*)"$/,
      (at, rule) => `等到 ${at}，收集同一买家的其他订单（规则“${rule}”）`,
    ],
    [/^so far with (Q.+)$/, (orders) => `目前已有 ${orders}`],
    [/^in one parcel with (Q.+)$/, (orders) => `与 ${orders} 合单`],
    [/^with (Q[^:]+): (.+)$/, (orders, obstacle = '') => `与 ${orders}：${inChinese(obstacle)}`],
    [/^no other order of its buyer is there$/, () => '没有同一买家的其他订单'],
    [/^it cannot go together with the others$/, () => '无法与其他订单一起发'],
    [/^no single warehouse has everything for all of them$/, () => '没有一个仓库备齐所有订单的货'],
    [/^its units cannot be taken from the warehouse one order at a time$/, () => '仓库单位无法按订单拆开取货'],
    [/^there is no address$/, () => '没有地址'],
    [/^it ships in parts$/, () => '需要拆单发货'],
    [/^a part of it is on its way$/, () => '已有一部分在处理或已发出'],
    [/^it must not go yet$/, () => '还不能发货'],
    [/^its platform records its shipment by itself$/, () => '平台自行记录其发货'],
    [/^its buyer or its street is not known$/, () => '买家或街道未知'],
    [/^the weight of its goods is not known$/, () => '商品重量未知'],
    [/^it is heavier than the rule allows$/, () => '重量超过规则上限'],
    [/^it has more pieces than the rule allows$/, () => '件数超过规则上限'],
  ]
}
