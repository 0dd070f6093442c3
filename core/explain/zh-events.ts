import type { EventType } from './event-types.ts'
import type { EventFacts } from './words.ts'

export const eventsZh: Readonly<Record<EventType, (event: EventFacts) => string>> = {
  imported: ({ text }) => `首次从平台读取：${text('platformStatus')}，共 ${text('lines')} 行`,
  'changed-on-platform': ({ changed, fromTo }) => `平台上有变更（${changed || '细节'}）：${fromTo}`,
  planned: ({ text }) =>
    `已生成出库单 ${text('reference')}：仓库 ${text('warehouse')}，物流产品 ${text('service')}${text('with') && `，与 ${text('with')} 合单`}`,
  withdrawn: ({ text }) => `出库单 ${text('reference')} 在推送前撤回`,
  'intercept-requested': ({ text }) => `要求仓库截单 ${text('reference')}`,
  warehouse: ({ text, status, packages }) => `仓库回传 ${text('reference')}：${status}${packages === 0 ? '' : `，新增 ${packages} 个包裹`}`,
  state: ({ stateFrom, stateTo }) => `订单状态：${stateFrom} → ${stateTo}`,
  'hold-placed': ({ held }) => `开始等待：${held}`,
  'hold-released': ({ held }) => `不再等待：${held}`,
  'hold-release': ({ user, held }) => `${user} 解除了等待：${held}`,
  'hold-retry': ({ user, held }) => `${user} 要求重试：${held}`,
  'hold-cancel': ({ user, held }) => `${user} 放弃了发货：${held}`,
  edited: ({ user, fields, text }) => `${user} 更正了地址（${fields}）：${text('reason')}`,
  assigned: ({ user, text }) => `${user} 指定了${route(text('warehouse'), text('service'))}：${text('reason')}`,
  'marked-shipped': ({ user, text }) => `${user} 标记为已在外部发货：${text('reason')}`,
  'personal-data-shown': ({ user }) => `${user} 查看了个人信息`,
  'effect-planned': ({ effect, said }) => `${effect}：等待发送${said}`,
  'effect-inflight': ({ effect, said }) => `${effect}：正在发送${said}`,
  'effect-accepted': ({ effect, said }) => `${effect}：对方已受理，等待结果${said}`,
  'effect-confirmed': ({ effect, attempt }) => `${effect}：已确认${attempt > 1 ? `（第 ${attempt} 次）` : ''}`,
  'effect-rejected': ({ effect, said }) => `${effect}：被拒绝${said}`,
  'effect-unknown': ({ effect, said }) => `${effect}：结果不明${said}`,
  'effect-withdrawn': ({ effect }) => `${effect}：未发送，已不需要`,
}

function route(warehouse: string, service: string): string {
  return [warehouse && `仓库 ${warehouse}`, service && `物流产品 ${service}`].filter(Boolean).join('、')
}
