/** One sentence of the product's own in English, and the same in Chinese. Groups of the pattern are handed over. */
export type Phrase = readonly [pattern: RegExp, chinese: (...groups: readonly (string | undefined)[]) => string]

const reasons: Readonly<Record<string, string>> = {
  'the order is cancelled on the platform': '订单已在平台取消',
  'the order was changed': '订单已变更',
  'the order was sent anew after a refusal': '订单在仓库拒绝后已重新推送',
}

/** Holds that follow from what happened outside, and what our own protocol says of a write. */
export function outsidePhrases(inChinese: (text: string) => string): readonly Phrase[] {
  return [
    [/^no reason given$/, () => '未说明原因'],
    [/^it had stopped it once$/, () => '此前曾截住'],
    [
      /^it says since (\S+) that the parcel has left, without a tracking number: ask it for the number, or declare the order shipped with "(.+)"$/,
      (since, command) => `仓库自 ${since} 起称包裹已发出，但没有运单号：请向仓库索取运单号，或用 "${command}" 声明已发货`,
    ],
    [/^it has no order (\S+) any more: ask it what became of that$/, (number) => `仓库已没有订单 ${number}：请向仓库查问`],
    [/^the warehouse was asked to stop (\S+); its answer is awaited$/, (reference) => `已要求仓库截单 ${reference}，等待答复`],
    [
      /^the warehouse was asked to stop (\S+), because another order in its parcel was changed; its answer is awaited$/,
      (reference) => `同包裹的另一张订单有变更，已要求仓库截单 ${reference}，等待答复`,
    ],
    [
      /^(the order is cancelled on the platform|the order was changed|the order was sent anew after a refusal), but the warehouse did not stop (\S+) \((.*)\): recall the parcel or settle it with the buyer$/,
      (why = '', reference, said = '') => `${reasons[why]}，但仓库没有截住 ${reference}（${inChinese(said)}）：请召回包裹，或与买家协商`,
    ],
    [
      /^the warehouse cancelled (\S+) by itself: find out why, then release the hold to plan it again$/,
      (reference) => `仓库自行取消了 ${reference}：请查明原因，然后放行以重新规划`,
    ],
    [
      /^the warehouse closed (\S+) as shipped with less in its parcels than was asked for: find out why, then release the hold to plan the rest again$/,
      (reference) => `仓库以已发货关闭了 ${reference}，但包裹内数量不足：请查明原因，然后放行以重新规划其余部分`,
    ],
    [
      /^the warehouse reports a problem with (\S+): (.+)$/,
      (reference, problem = '') => `仓库报告 ${reference} 有异常：${inChinese(problem)}`,
    ],
    [
      /^the warehouse keeps (\S+) as a draft \((.*)\) and does not work on it: release it there$/,
      (reference, own) => `仓库把 ${reference} 留作草稿（${own}），没有处理：请在仓库系统中提交`,
    ],
    [
      /^whether the warehouse stopped (\S+) could not be established: look there, then retry$/,
      (reference) => `无法确定仓库是否已截住 ${reference}：请到仓库系统查看，然后重试`,
    ],
    [
      /^the warehouse refused (\S+): (.+)\. Correct the cause, then release the hold$/,
      (reference, said = '') => `仓库拒绝了 ${reference}：${inChinese(said)}。请更正原因后放行`,
    ],
    [
      /^the warehouse has another order under (\S+): (.+)\. Compare the two there before anything is sent$/,
      (reference, said = '') => `仓库在 ${reference} 下有另一张订单：${inChinese(said)}。请先在仓库系统中对比`,
    ],
    [
      /^whether the warehouse has (\S+) could not be established \((.*)\): look there, then retry$/,
      (reference, said = '') => `无法确定仓库是否已有 ${reference}（${inChinese(said)}）：请到仓库系统查看，然后重试`,
    ],
    [
      /^whether the platform has the tracking number could not be established \((.*)\): look there, then retry$/,
      (said = '') => `无法确定平台是否已有运单号（${inChinese(said)}）：请到平台查看，然后重试`,
    ],
    [
      /^the platform refused the tracking number: (.+)\. Correct the cause, then retry$/,
      (said = '') => `平台拒绝了运单号：${inChinese(said)}。请更正原因后重试`,
    ],
    [
      /^(.+), and a parcel of ours has left as well: recall it or settle it with the buyer$/,
      (said = '') => `${inChinese(said)}，而我们也已有包裹发出：请召回，或与买家协商`,
    ],
    [
      /^carrier "(.*)" has no word for (\S+): add it to carriers.yaml$/,
      (carrier, platform) => `承运商“${carrier}”没有 ${platform} 的叫法：请在 carriers.yaml 中补上`,
    ],
    [
      /^(?:service (\S+) of )?warehouse (\S+) is not in warehouses.yaml any more: put it back until its parcels are reported$/,
      (service, warehouse) =>
        `warehouses.yaml 中已没有仓库 ${warehouse}${service === undefined ? '' : ` 的物流产品 ${service}`}：请恢复，直到其包裹全部回传`,
    ],
    [
      /^(.+), in the same parcel, waits for its payment, and the warehouse may have the request for the parcel: all go when that is paid, and the others without it when it is cancelled$/,
      (orders = '') =>
        `同一包裹中的 ${orders.replaceAll(' and ', '、')} 尚待付款，而仓库可能已收到该包裹的请求：付款后一起发出；如其取消，其余订单不再等它`,
    ],
    [
      /^the platform opened the order again, and (.+) was sent for it: see whether the parcel left and is still to be delivered\. If so, enter its number on the platform; then release the hold, and what has not left is shipped$/,
      (sent) =>
        `平台重新打开了订单，而此前已发出 ${sent}：请查明包裹是否已离仓、是否仍会送达。若是，请在平台填写其运单号；然后放行，尚未离仓的会照常发货`,
    ],
    [/^(\S+) takes one tracking number per order$/, (platform) => `${platform} 每张订单只接受一个运单号`],
    [/^the order is cancelled on (\S+), which takes no shipment for it$/, (platform) => `订单已在 ${platform} 取消，不再接受发货`],
    [
      /^(\S+) does not let a reported tracking number be changed: enter the new one there$/,
      (platform) => `${platform} 不允许修改已回传的运单号：请在平台上手工改成新运单号`,
    ],
    [/^(\S+) shows these units as shipped by somebody else already$/, (platform) => `${platform} 显示这些商品已由他人发货`],
    [
      /^bought (\S+), before shop (\S+) was taken over \(since (\S+)\): recorded, not pushed$/,
      (at, shop, since) => `下单于 ${at}，早于店铺 ${shop} 的接入时间（${since}）：只记录，不推送`,
    ],
    [/^the warehouse says "(.*)", a state that is not known here$/, (own) => `仓库的状态“${own}”系统不认识`],
    [/^a read after the write does not show it$/, () => '写入之后读取，没有看到'],
    [
      /^sent (\d+) times and never seen by a read(?:; the last answer: (.+))?$/,
      (count, said) => `发送了 ${count} 次，读取时从未看到${said === undefined ? '' : `；最后的答复：${inChinese(said)}`}`,
    ],
    [/^the platform shows (\S+) with other lines or quantities$/, (tracking) => `平台上的 ${tracking} 是其他行或数量`],
    [/^the platform reports that it could not apply the tracking number$/, () => '平台报告无法应用该运单号'],
    [/^it differs in (.+)$/, (fields) => `${fields} 不一致`],
    [/^the warehouse had shipped it already \((.*)\)$/, (own) => `仓库早已发货（${own}）`],
  ]
}
