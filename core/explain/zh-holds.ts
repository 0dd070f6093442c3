import type { HoldReason } from '../model/hold.ts'
import type { HoldWords } from './words.ts'

export const holdsZh: Readonly<Record<HoldReason, HoldWords>> = {
  'review-rule': { why: '您的审单规则要求人工审核。', ends: '查看订单后放行，或放弃发货。' },
  'cool-off': { why: '规则给买家留出反悔时间。', ends: '时间到后自动继续；如需立即发货，请手动放行。' },
  'high-value': { why: '订单金额超过您设定的上限。', ends: '核对订单和买家后放行，或放弃发货。' },
  'duplicate-suspected': { why: '与同一买家的另一张订单疑似重复。', ends: '对比两张订单：都有效就放行，重复的就放弃。' },
  'risk-flagged': { why: '平台或规则提示欺诈风险。', ends: '核实付款和买家后放行，或放弃发货。' },
  'platform-hold': { why: '平台自己冻结了这张订单。', ends: '平台解除冻结后自动继续，下次拉单即可看到。' },
  'payment-pending': { why: '付款尚未最终到账。', ends: '平台确认付款后自动继续，下次拉单即可看到。' },
  'unmapped-sku': {
    why: '不知道这个刊登对应哪个 SKU，或仓库使用哪个编码。',
    ends: '在 CSV 文件中补上缺少的一行并导入，或按详情增加规则；所有等待它的订单都会继续。',
  },
  'unit-factor-mismatch': {
    why: '仓库按整包管理，而数量不是整包的倍数。',
    ends: '在 warehouse-skus.csv 中更正换算系数，或增加单件编码，然后导入。',
  },
  'address-invalid': { why: '地址不完整，或仓库不接受。', ends: '在这里更正地址，或在平台上更正后重新读取订单。' },
  'pii-missing': {
    why: '平台还没有给出收货地址。',
    ends: '请检查账号是否有读取个人信息的权限，然后重新读取订单，或重新读取店铺某日以来的全部订单：开通权限不会使订单发生变化。也可在这里填写地址。',
  },
  'country-not-served': {
    why: '没有任何仓库的物流产品能到达该国家。',
    ends: '在 warehouses.yaml 的某个物流产品中加上该国家，保存后自动生效。',
  },
  'no-route': {
    why: '没有能承接这张订单的仓库和物流产品。',
    ends: '在 warehouses.yaml 中放宽某个物流产品，修改规则，或手动指定仓库。',
  },
  'out-of-stock': { why: '没有一个仓库备齐所需的货。', ends: '库存到位后自动继续，库存每 15 分钟读取一次；也可手动指定其他仓库。' },
  'split-not-allowed': { why: '需要拆单发货，但平台或规则不允许。', ends: '某个仓库备齐后自动继续；也可手动指定仓库。' },
  'field-too-long': { why: '某个字段超过仓库允许的长度。系统不会自行截断。', ends: '缩短详情中指出的字段。' },
  'insufficient-funds': { why: '仓库账户余额不足。', ends: '向仓库充值，然后放行。' },
  'push-rejected': { why: '仓库拒绝了这张出库单。', ends: '更正仓库指出的问题，然后放行；系统会重新规划并推送。' },
  'push-unknown': {
    why: '仓库没有明确答复，无法确定它是否收到了出库单或截单请求。',
    ends: '在仓库系统中查找该参考号，然后让系统再查一次；不会重复推送。',
  },
  'reference-conflict': { why: '仓库在我们的参考号下有另一张订单。', ends: '在仓库系统中对比并处理，然后让系统再查一次。' },
  'wms-exception': { why: '仓库报告包裹有异常。', ends: '与仓库处理。如果仓库已取消或提前结单，请放行，缺少的部分会重新规划。' },
  'wms-parked': { why: '仓库把出库单留作草稿，没有处理。', ends: '在仓库系统中提交草稿，下次读取即可看到。' },
  'cancel-pending': { why: '已要求仓库截单，读取时尚未看到已截住。', ends: '读取到已截住，或仓库拒绝后结束。' },
  'intercept-failed': {
    why: '订单已取消或变更，但仓库没有截住包裹。',
    ends: '让系统再次请仓库截单；如已发出，请召回包裹或与买家协商，然后放行。',
  },
  'writeback-rejected': {
    why: '平台拒绝了运单号。',
    ends: '更正平台指出的问题后重试；如果您已自行在平台填写，或没有可重发的内容，请放行。',
  },
  'writeback-unknown': {
    why: '平台没有明确答复，无法确定它是否收到了运单号。',
    ends: '在平台上查看订单，然后让系统再查一次；不会重复回传。',
  },
  'carrier-unmapped': {
    why: '回传缺少平台对承运商的叫法，或包裹发出的仓库。',
    ends: '按详情在 carriers.yaml 或 warehouses.yaml 中补上，保存后自动生效。',
  },
  'no-first-scan': { why: '已回传发货，但承运商尚未扫描包裹。', ends: '向仓库或承运商查询包裹。' },
  'marked-not-shipped': {
    why: '平台显示已发货，但我们没有包裹发出。',
    ends: '查明是谁发的货，然后手动标记为已发货，或放行由我们发货。',
  },
  'fx-missing': { why: '规则要比较其他币种的金额，但缺少当天的汇率。', ends: '用 fx.csv 导入汇率。' },
  'unknown-value': {
    why: '平台使用了系统不认识的词，系统不做猜测。',
    ends: '弄清平台的意思。如可发货请放行，并把这个词反馈给连接器的开发者。',
  },
  'before-cutover': {
    why: '这张订单在店铺接入之前下单，只记录，不推送。',
    ends: '如已在别处发货，无需处理。只有需要由本系统发货时才放行。',
  },
}

export const platformDoubtZh: HoldWords = {
  why: '我们已为订单发出过内容，平台又重新打开了它；或其店铺已不在配置中。',
  ends: '按详情处理后放行。',
}

export const cancelAskedZh: HoldWords = {
  why: '买家申请取消订单，尚未答复。',
  ends: '请在平台上同意或拒绝，下次读取即可看到；也可放行，照常发货。',
}
