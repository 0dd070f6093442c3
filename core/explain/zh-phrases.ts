import { mergePhrases } from './zh-merge-phrases.ts'
import { outsidePhrases, type Phrase } from './zh-outside-phrases.ts'
import { shippingPhrases } from './zh-shipping-phrases.ts'

/** Written by planning: results of its steps and what it looked at. */
const planning: readonly Phrase[] = [
  [/^taken$/, () => '接单'],
  [/^recorded only$/, () => '只做记录'],
  [/^left out by the rule "(.*)"$/, (rule) => `被规则“${rule}”排除`],
  [/^no tags$/, () => '没有标签'],
  [/^tags ([^;]+)$/, (tags) => `标签 ${tags}`],
  [/^(no tags|tags [^;]+); level (\S+)$/, (tags = '', level) => `${inChinese(tags)}；时效等级 ${level}`],
  [/^every line is mapped$/, () => '所有行都已匹配'],
  [/^(\d+) not mapped$/, (count) => `${count} 个没有匹配`],
  [/^no mapping$/, () => '没有匹配'],
  [/^(\d+ × .+) from (\S+) by ([^\s;]+)$/, (goods, warehouse, service) => `${warehouse} 用 ${service} 发 ${goods}`],
  [
    /^(\d+ × .+ from \S+ by \S+; .+?)( \((\S+ [A-Z]{3}) in all\))?$/,
    (parts = '', _rest, cost) => `${eachOf(parts)}${cost === undefined ? '' : `（共 ${cost}）`}`,
  ],
  [/^(\d+ × .+) \((.+)\)$/, (items, by = '') => `${items}（${inChinese(by)}）`],
  [
    /^(.+?), revision ([0-9a-f]{8})(; instead of (.+), which no warehouse has)?$/,
    (by = '', revision, _rest, first) => `${inChinese(by)}，版本 ${revision}${first === undefined ? '' : `；代替没有仓库有货的 ${first}`}`,
  ],
  [/^product with the same SKU$/, () => '与商品 SKU 相同'],
  [/^bundle with the same SKU$/, () => '与组合品 SKU 相同'],
  [
    /^mapping of (.+) for (every shop|shop [^\s,]+|platform [^\s,]+)(, (?:from (\S+))? ?(?:until (\S+))?)?$/,
    (listing, scope = '', _period, from, until) =>
      `${listing} 的匹配，适用于${scopeOf(scope)}${from === undefined ? '' : `，自 ${from}`}${until === undefined ? '' : `，至 ${until}`}`,
  ],
  [
    /^(.+) has no row in warehouse-skus.csv; the stock list of (\S+) names it so: its code there, one piece a unit$/,
    (sku, warehouse) => `${sku} 在 warehouse-skus.csv 中没有行；仓库 ${warehouse} 的库存清单中有同名编码：以其为仓库编码，每单位一件`,
  ],
  [/^warehouse codes by the stock list$/, () => '仓库编码取自库存清单'],
  [/^(strip-prefix|strip-suffix|split-pattern|regex|exact)\b(.*)$/, (name, rest = '') => `策略 ${name}${rest}`],
  [/^no rule holds it$/, () => '没有规则要求等待'],
  [/^(\d+) rules hold it$/, (count) => `${count} 条规则要求等待`],
  [/^no address yet$/, () => '还没有地址'],
  [/^complete, to (\S+)$/, (country) => `完整，寄往 ${country}`],
  [/^the address lacks (.+?)(: .+)?$/, (parts = '', rest = '') => `地址缺少${lacking(parts)}${tail(rest)}`],
  [/^the postcode is not a US ZIP code(: .+)?$/, (rest = '') => `邮编不是美国 ZIP 格式${tail(rest)}`],
  [/^correct it on the platform or with "(.+)"$/, (command) => `请在平台上更正，或用 "${command}" 更正`],
  [/^(.+) by (\S+: (?:\S+ [A-Z]{3}|no price), .+)$/, (warehouse, option = '') => `${warehouse}，${inChinese(option)}`],
  [
    /^(\S+): (\S+ [A-Z]{3}|no price), (at most (\S+) days|days unknown)(; (.+))?$/,
    (service, price, time, days, _rest, shortage = '') =>
      `${service}：${price === 'no price' ? '无价格' : price}，${time === 'days unknown' ? '时效未知' : `最多 ${days} 天`}${shortage && `；${inChinese(shortage)}`}`,
  ],
  [/^(\S+), by the rule "(.*)"$/, (warehouse, rule) => `${warehouse}，按规则“${rule}”`],
  [/^(\S+) from (\S+): (.+)$/, (service, warehouse, because = '') => `${warehouse} 的 ${service}：${inChinese(because)}`],
  [/^chosen beforehand$/, () => '事先指定'],
  [/^the cheapest$/, () => '最便宜'],
  [/^the fastest$/, () => '最快'],
  [/^the fallback$/, () => '备选'],
  [/^the cheapest that arrives by (\S+)$/, (at) => `在 ${at} 前送达的最便宜的一种`],
  [/^the fastest, because none arrives by (\S+)$/, (at) => `最快的一种，因为没有能在 ${at} 前送达的`],
  [/^not split$/, () => '不拆单'],
  [/^no (\d+) warehouses have everything together$/, (count) => `${count} 个仓库合起来也备不齐`],
  [/^now$/, () => '立即'],
]

/** Details of holds that planning places. */
const planningHolds: readonly Phrase[] = [
  [
    /^"(.*)" of shop (\S+) has no SKU and no item that a row of sku-mappings.csv could name: add a mapping rule for its title to rules.yaml, such as (regex: .+)$/,
    (title, shop, rule) =>
      `店铺 ${shop} 的“${title}”既没有 SKU，也没有可在 sku-mappings.csv 中指定的商品编号：请在 rules.yaml 中为该标题增加 mapping 规则，例如 ${rule}`,
  ],
  [
    /^no SKU is known for (.+) of shop (\S+): (its mapping counts (?:from (\S+))? ?(?:until (\S+))?, and it was bought on (\S+); )?add a row to sku-mappings.csv and import it$/,
    (listing = '', shop, _period, from, until, day) => {
      const times = [from && `自 ${from}`, until && `至 ${until}`].filter(Boolean).join('')
      const bought = day === undefined ? '' : `其匹配有效期${times}，而购买日为 ${day}；`
      return `店铺 ${shop} 的 ${listingOf(listing)} 没有对应的 SKU：${bought}请在 sku-mappings.csv 中补一行并导入`
    },
  ],
  [
    /^warehouse (\S+) has no code for SKU (.+): add the row (.+) to warehouse-skus.csv, with its code there for CODE, and import it$/,
    (warehouse, sku, row) =>
      `仓库 ${warehouse} 没有 SKU ${sku} 的编码：请在 warehouse-skus.csv 中补一行 ${row}（把 CODE 换成仓库编码）并导入`,
  ],
  [
    /^(\d+) × (.+) cannot be made of warehouse units that hold (\d+) \((.+) in (\S+)\)$/,
    (quantity, sku, factor, code, warehouse) =>
      `${quantity} 件 ${sku} 不能由每包 ${factor} 件的仓库单位凑成（仓库 ${warehouse} 的 ${code}）`,
  ],
  [
    /^no service of warehouse (\S+) goes to (\S+): add the country to a service in warehouses.yaml$/,
    (warehouse, country) => `仓库 ${warehouse} 没有物流产品到达 ${country}：请在 warehouses.yaml 的物流产品中加上该国家`,
  ],
  [
    /^the service (\S+), chosen beforehand, does not go to (\S+) from warehouse (\S+)$/,
    (service, country, warehouse) => `事先指定的物流产品 ${service} 不能从仓库 ${warehouse} 寄往 ${country}`,
  ],
  [/^(.+) \((.+)\): goes on by itself when there is stock$/, (parts = '', skus) => `${eachOf(parts)}（${skus}）：有货后自动继续`],
  [/^the stock of warehouse (\S+) was not read yet$/, (warehouse) => `仓库 ${warehouse} 的库存尚未读取`],
  [
    /^(\S+) has (\d+) of (.+) free, (\d+) are needed$/,
    (warehouse, free, sku, needed) => `${warehouse} 的 ${sku} 可用 ${free}，需要 ${needed}`,
  ],
  [/^no warehouse is configured: add one to warehouses.yaml$/, () => '没有配置仓库：请在 warehouses.yaml 中添加'],
  [/^warehouse (\S+), chosen by hand, is not configured$/, (warehouse) => `人工指定的仓库 ${warehouse} 没有配置`],
  [
    /^the rule "(.*)" allows only (.+), and warehouse (\S+) cannot send this order that way: change the rule or give it a fallback$/,
    (rule, services, warehouse) => `规则“${rule}”只允许 ${services}，而仓库 ${warehouse} 不能这样发这张订单：请修改规则，或为它设置备选`,
  ],
  [
    /^no single warehouse has everything, and the platform takes no part shipments of this order: it waits until one warehouse has all of it$/,
    () => '没有一个仓库备齐，而平台不接受这张订单部分发货：等到某个仓库备齐为止',
  ],
  [/^warehouse (\S+) does not take it: (.+)$/, (warehouse, problems) => `仓库 ${warehouse} 不接受：${problems}`],
  [
    /^the platform gave no address: read the order again, or give one with "(.+)"$/,
    (command) => `平台没有给出地址：请重新读取订单，或用 "${command}" 填写`,
  ],
]

/** Details of holds that rules order. */
const ruleHolds: readonly Phrase[] = [
  [
    /^the rule "(.*)" holds it \((.*)\): (.+)$/,
    (rule, condition, next = '') => `规则“${rule}”要求等待（${condition}）：${inChinese(next)}`,
  ],
  [/^the rule "(.*)" holds every order: (.+)$/, (rule, next = '') => `规则“${rule}”要求每张订单等待：${inChinese(next)}`],
  [/^it goes on by itself when the rule no longer matches$/, () => '规则不再符合时自动继续'],
  [/^it goes on by itself at (\S+)$/, (at) => `${at} 自动继续`],
  [/^the order has no time for (\S+); look at it, then release the hold$/, (field) => `订单没有 ${field} 这个时间；请查看后放行`],
  [/^look at it, then release the hold$/, () => '请查看后放行'],
  [
    /^the rule "(.*)" does not ship this order \((.*)\): release the hold to ship it from here after all$/,
    (rule, reason = '') => `规则“${rule}”不发这张订单（${inChinese(reason)}）：如仍需由我们发货，请放行`,
  ],
  [
    /^the rule "(.*)" leaves the push to a person: release the hold to send it to (\S+)$/,
    (rule, warehouse) => `规则“${rule}”要求人工推送：放行后推送到 ${warehouse}`,
  ],
  [/^the rule "(.*)" keeps it until (\S+); it then goes on by itself$/, (rule, at) => `规则“${rule}”要求等到 ${at}，之后自动继续`],
  [
    /^the rule "(.*)" asks for dollars, and no rate from (.+) to USD is known for (\S+): import one with "(.+)", or let the rule ask for the order's own currency$/,
    (rule, currency, day, command) =>
      `规则“${rule}”要按美元比较，但没有 ${day} 的 ${currency} 兑 USD 汇率：请用 "${command}" 导入，或让规则按订单币种比较`,
  ],
]

const phrases: readonly Phrase[] = [
  ...shippingPhrases(inChinese),
  ...planningHolds,
  ...ruleHolds,
  ...outsidePhrases(inChinese),
  ...mergePhrases(inChinese),
  ...planning,
]

/** A stored English sentence of the product in Chinese; what others have said, and what is not known, stays as it is. */
export function inChinese(text: string): string {
  for (const [pattern, chinese] of phrases) {
    const match = pattern.exec(text)
    if (match) return chinese(...match.slice(1))
  }
  return afterColon(text)
}

/** `NJ: no stock …`: a subject in front of a sentence that is known. */
function afterColon(text: string): string {
  const at = text.indexOf(': ')
  if (at < 0) return text
  const rest = text.slice(at + 2)
  const translated = inChinese(rest)
  return translated === rest ? text : `${text.slice(0, at)}：${translated}`
}

function tail(rest: string): string {
  return rest === '' ? '' : `：${inChinese(rest.slice(2))}`
}

function eachOf(parts: string): string {
  return parts.split('; ').map(inChinese).join('；')
}

const addressParts: Readonly<Record<string, string>> = {
  'a name': '收件人',
  'a street line': '街道',
  'a city': '城市',
  'a postcode': '邮编',
}

function lacking(parts: string): string {
  return parts
    .split(' and ')
    .map((part) => addressParts[part] ?? part)
    .join('、')
}

function scopeOf(scope: string): string {
  return scope === 'every shop' ? '所有店铺' : scope.replace(/^shop /, '店铺 ').replace(/^platform /, '平台 ')
}

function listingOf(listing: string): string {
  return listing
    .replace(/^channel SKU/, '平台 SKU')
    .replace(/, item /, '，商品 ')
    .replace(/, variant /, '，变体 ')
}
