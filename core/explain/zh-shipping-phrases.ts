import type { Phrase } from './zh-outside-phrases.ts'

const cargo: Readonly<Record<string, string>> = {
  general: '普货',
  'with-battery': '带电',
  'pure-battery': '纯电',
  liquid: '液体',
  powder: '粉末',
  magnetic: '带磁',
  fragile: '易碎品',
  dangerous: '危险品',
}
const options: Readonly<Record<string, string>> = { signature: '签名', 'no options': '无增值服务' }

/** What planning says about limits of services, zones, parts and options. */
export function shippingPhrases(inChinese: (text: string) => string): readonly Phrase[] {
  const each = (text: string, separator: string, joint: string): string => text.split(separator).map(inChinese).join(joint)
  return [
    [
      /^no service of warehouse (\S+) takes it; (.+)$/,
      (warehouse, reasons = '') => `仓库 ${warehouse} 没有物流产品能发：${each(reasons, '; ', '；')}`,
    ],
    [/^(\S+) does not take it: (.+)$/, (service, reason = '') => `${service} 不接受：${inChinese(reason)}`],
    [/^(\d+) g are more than its (\d+) g$/, (grams, most) => `重 ${grams} 克，上限 ${most} 克`],
    [/^([\d × ]+) mm are more than its ([\d × ]+) mm$/, (sides, most) => `尺寸 ${sides} 毫米，上限 ${most} 毫米`],
    [/^the goods have more volume than a parcel of ([\d × ]+) mm$/, (most) => `货物体积超过 ${most} 毫米的包裹`],
    [/^length and girth of (\d+) mm are more than its (\d+) mm$/, (girth, most) => `长加围长 ${girth} 毫米，上限 ${most} 毫米`],
    [/^goods of (\S+ [A-Z]{3}) are more than its (\S+ [A-Z]{3})$/, (worth, most) => `货值 ${worth}，上限 ${most}`],
    [/^it takes no (\S+) goods, and SKU (.+) is such$/, (kind = '', sku) => `不收${cargo[kind] ?? kind}，而 SKU ${sku} 属于此类`],
    [
      /^(.+) is not known, and it is limited \((.+)\)$/,
      (figure = '', remedy = '') => `${inChinese(figure)}未知，而该项有上限（${inChinese(remedy)}）`,
    ],
    [
      /^(.+) is not known, and it is needed for the insurance: (.+)$/,
      (figure = '', remedy = '') => `${inChinese(figure)}未知，而投保需要它：${inChinese(remedy)}`,
    ],
    [
      /^import its (weight_g|length_mm, width_mm and height_mm) with products.csv$/,
      (columns = '') => `请用 products.csv 导入 ${columns.replace(' and ', '、').replace(', ', '、')}`,
    ],
    [/^import the product with products.csv$/, () => '请用 products.csv 导入该商品'],
    [/^the platform shows none$/, () => '平台没有给出'],
    [/^import one with "(npm run import -- fx FILE)"$/, (command) => `请用 "${command}" 导入`],
    [
      /^the (weight|size|cargo class) of SKU (.+)$/,
      (what, sku) => `SKU ${sku} 的${what === 'weight' ? '重量' : what === 'size' ? '尺寸' : '货物类别'}`,
    ],
    [/^the price of the goods$/, () => '货物的价格'],
    [/^the rate from (\S+) to (\S+)$/, (from, to) => `${from} 兑 ${to} 的汇率`],
    [
      /^(.+), zone (\d+)( \(remote\))?(; (.+))?$/,
      (option = '', zone, remote = '', _rest, shortage) =>
        `${inChinese(option)}，分区 ${zone}${remote && '（偏远）'}${shortage === undefined ? '' : `；${inChinese(shortage)}`}`,
    ],
    [/^prices are not compared, (.+): (.+)$/, (because = '', choice = '') => `价格无法比较，${inChinese(because)}：${inChinese(choice)}`],
    [/^no rate between (.+) is known$/, (currencies = '') => `没有 ${currencies.replaceAll(' and ', '、')} 之间的汇率`],
    [/^a service has no price$/, () => '有物流产品没有价格'],
    [/^warehouses in (\S+) go first$/, (country) => `优先 ${country} 的仓库`],
    [/^the first listed goes first$/, () => '优先列在前面的'],
    [
      /^the cheapest of those whose prices can be compared( that arrives by (\S+))?$/,
      (_rest, at) => `${at === undefined ? '' : `在 ${at} 前送达、`}价格可比的物流产品中最便宜的一种`,
    ],
    [/^(\d+) parts, by the rule "(.*)"$/, (count, rule) => `按规则“${rule}”拆成 ${count} 个包裹`],
    [/^(.+); (.+) left behind$/, (parts = '', left) => `${each(parts, '; ', '；')}；${left} 待补货`],
    [/^nothing of it can go ahead$/, () => '没有可以先发的部分'],
    [
      /^a part of the order goes ahead; (.+) wait for stock: goes on by itself when there is stock$/,
      (left) => `部分先发；${left} 等待补货：有货后自动继续`,
    ],
    [
      /^the rule "(.*)" makes (\d+) parts of the order and allows (\d+)$/,
      (rule, parts, most) => `规则“${rule}”要拆成 ${parts} 个包裹，但只允许 ${most} 个`,
    ],
    [
      /^the rule "(.*)" makes (\d+) parts of the order, and the platform takes no part shipments of it$/,
      (rule, parts) => `规则“${rule}”要拆成 ${parts} 个包裹，而平台不接受这张订单部分发货`,
    ],
    [
      /^the rule "(.*)" divides the order by what is not known, (.+?): (.+)$/,
      (rule, figure = '', remedy = '') => `规则“${rule}”拆单所依据的${inChinese(figure)}未知：${inChinese(remedy)}`,
    ],
    [
      /^(\S+): ((?:signature|insurance of|age check|packaging|no options).*)$/,
      (warehouse, list = '') => `${warehouse}：${each(list, ', ', '、')}`,
    ],
    [/^(signature|no options)$/, (word = '') => options[word] ?? word],
    [/^insurance of (\S+ [A-Z]{3})$/, (value) => `保险 ${value}`],
    [/^age check (\d+)$/, (age) => `年龄验证 ${age} 岁`],
    [/^packaging (\S+)$/, (kind) => `包材 ${kind}`],
  ]
}
