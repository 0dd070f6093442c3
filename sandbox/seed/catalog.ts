/** A product as a row of products.csv. Weight in grams, lengths in millimetres. */
export interface DemoProduct {
  readonly sku: string
  readonly name: string
  readonly nameZh: string
  readonly weightGrams: number
  readonly lengthMm: number
  readonly widthMm: number
  readonly heightMm: number
  readonly declaredValue: string
  readonly hsCode: string
  readonly cargoClass: string
}

/** A row of sku-mappings.csv. */
export interface DemoMapping {
  readonly platform: string
  readonly shop: string
  readonly channelSku: string
  readonly itemId: string
  readonly variantId: string
  readonly sku: string
  readonly quantity: number
}

/** A row of warehouse-skus.csv. */
export interface DemoWarehouseSku {
  readonly warehouse: string
  readonly sku: string
  readonly wmsSku: string
  readonly unitFactor: number
}

export interface DemoWarehouse {
  readonly code: string
  readonly wmsCode: string
  readonly country: string
}

export interface DemoStock {
  readonly wmsCode: string
  readonly wmsSku: string
  readonly available: number
}

/** What a shop sells under one channel SKU; the price in US cents. */
export interface DemoListing {
  readonly channelSku: string
  readonly title: string
  readonly priceCents: number
  readonly itemId?: string
  readonly variantId?: string
  /** What this listing is there to show; `plain` for the everyday ones. */
  readonly shows: 'plain' | 'bundle' | 'unit-factor' | 'no-sku' | 'unmapped' | 'gift-card' | 'scarce'
}

export interface DemoCatalog {
  readonly warehouses: readonly DemoWarehouse[]
  /** Service codes of the warehouse system. */
  readonly services: readonly string[]
  readonly products: readonly DemoProduct[]
  readonly mappings: readonly DemoMapping[]
  readonly warehouseSkus: readonly DemoWarehouseSku[]
  readonly stock: readonly DemoStock[]
  readonly listings: readonly DemoListing[]
}

const product = (
  sku: string,
  names: readonly [string, string],
  weightGrams: number,
  size: readonly [number, number, number],
  more: Omit<DemoProduct, 'sku' | 'name' | 'nameZh' | 'weightGrams' | 'lengthMm' | 'widthMm' | 'heightMm'>,
): DemoProduct => ({
  sku,
  name: names[0],
  nameZh: names[1],
  weightGrams,
  lengthMm: size[0],
  widthMm: size[1],
  heightMm: size[2],
  ...more,
})

const products: readonly DemoProduct[] = [
  product('MUG-RED', ['Enamel mug, red', '搪瓷杯 红色'], 180, [110, 90, 90], {
    declaredValue: '4.00',
    hsCode: '732394',
    cargoClass: 'general',
  }),
  product('MUG-BLU', ['Enamel mug, blue', '搪瓷杯 蓝色'], 180, [110, 90, 90], {
    declaredValue: '4.00',
    hsCode: '732394',
    cargoClass: 'general',
  }),
  product('TEE-M', ['Cotton T-shirt, M', '纯棉T恤 M'], 160, [250, 200, 20], {
    declaredValue: '5.50',
    hsCode: '610910',
    cargoClass: 'general',
  }),
  product('TEE-L', ['Cotton T-shirt, L', '纯棉T恤 L'], 175, [250, 200, 20], {
    declaredValue: '5.50',
    hsCode: '610910',
    cargoClass: 'general',
  }),
  product('BTL-750', ['Steel bottle, 750 ml', '不锈钢水瓶 750毫升'], 320, [270, 80, 80], {
    declaredValue: '7.00',
    hsCode: '961700',
    cargoClass: 'general',
  }),
  product('TEA-50', ['Green tea, 50 bags', '绿茶 50包'], 140, [160, 80, 70], {
    declaredValue: '3.20',
    hsCode: '090210',
    cargoClass: 'general',
  }),
  product('CBL-1M', ['USB cable, 1 m', 'USB数据线 1米'], 30, [120, 60, 15], {
    declaredValue: '1.20',
    hsCode: '854442',
    cargoClass: 'general',
  }),
  product('PWR-10K', ['Power bank, 10,000 mAh', '充电宝 10000毫安'], 230, [140, 70, 16], {
    declaredValue: '11.00',
    hsCode: '850760',
    cargoClass: 'with-battery',
  }),
  product('LAMP-01', ['Folding desk lamp', '折叠台灯'], 900, [420, 120, 60], {
    declaredValue: '18.00',
    hsCode: '940521',
    cargoClass: 'fragile',
  }),
]

const warehouses: readonly DemoWarehouse[] = [
  { code: 'NJ', wmsCode: 'USEA', country: 'US' },
  { code: 'CA', wmsCode: 'USWE', country: 'US' },
  { code: 'OSA', wmsCode: 'JPOS', country: 'JP' },
  { code: 'DE', wmsCode: 'DEFRA', country: 'DE' },
]

const listings: readonly DemoListing[] = [
  { channelSku: 'MUG-RED', title: 'Enamel mug, red', priceCents: 1_200, shows: 'plain' },
  { channelSku: 'MUG-BLU', title: 'Enamel mug, blue', priceCents: 1_200, shows: 'plain' },
  { channelSku: 'TEE-M', title: 'Cotton T-shirt, M', priceCents: 1_999, shows: 'plain' },
  { channelSku: 'TEE-L', title: 'Cotton T-shirt, L', priceCents: 1_999, shows: 'plain' },
  { channelSku: 'BTL-750', title: 'Steel bottle, 750 ml', priceCents: 2_450, shows: 'plain' },
  { channelSku: 'TEA-50', title: 'Green tea, 50 bags', priceCents: 890, shows: 'plain' },
  { channelSku: 'PWR-10K', title: 'Power bank, 10,000 mAh', priceCents: 3_490, shows: 'plain' },
  { channelSku: 'SET-MUG-2', title: 'Enamel mugs, set of two', priceCents: 2_200, shows: 'bundle' },
  { channelSku: 'SET-BREAKFAST', title: 'Breakfast set: mug and tea', priceCents: 2_750, shows: 'bundle' },
  { channelSku: 'CBL-1M-10PK', title: 'USB cable, 1 m, pack of ten', priceCents: 1_690, shows: 'unit-factor' },
  {
    channelSku: '',
    title: 'Cotton T-shirt (old listing)',
    priceCents: 1_799,
    itemId: '770000000017',
    variantId: '770000000042',
    shows: 'no-sku',
  },
  { channelSku: 'LANTERN-NEW', title: 'Camping lantern (new)', priceCents: 2_990, shows: 'unmapped' },
  { channelSku: 'GIFT-25', title: 'Gift card', priceCents: 2_500, shows: 'gift-card' },
  { channelSku: 'LAMP-01', title: 'Folding desk lamp', priceCents: 5_900, shows: 'scarce' },
]

const everywhere = { platform: '', shop: '', itemId: '', variantId: '' }

const mappings: readonly DemoMapping[] = [
  ...['MUG-RED', 'MUG-BLU', 'TEE-M', 'TEE-L', 'BTL-750', 'TEA-50', 'PWR-10K', 'LAMP-01'].map((sku) => ({
    ...everywhere,
    channelSku: sku,
    sku,
    quantity: 1,
  })),
  { ...everywhere, channelSku: 'SET-MUG-2', sku: 'MUG-RED', quantity: 1 },
  { ...everywhere, channelSku: 'SET-MUG-2', sku: 'MUG-BLU', quantity: 1 },
  { ...everywhere, channelSku: 'SET-BREAKFAST', sku: 'MUG-RED', quantity: 1 },
  { ...everywhere, channelSku: 'SET-BREAKFAST', sku: 'TEA-50', quantity: 2 },
  { ...everywhere, channelSku: 'CBL-1M-10PK', sku: 'CBL-1M', quantity: 10 },
  { ...everywhere, channelSku: '', itemId: '770000000017', variantId: '770000000042', sku: 'TEE-M', quantity: 1 },
]

/** Cables lie in tens in every building; everything else by the piece. The building's codes are not ours. */
const warehouseSkus: readonly DemoWarehouseSku[] = warehouses.flatMap(({ code }) =>
  products.map(({ sku }) => ({ warehouse: code, sku, wmsSku: wmsSkuOf(sku, code), unitFactor: sku === 'CBL-1M' ? 10 : 1 })),
)

function wmsSkuOf(sku: string, warehouse: string): string {
  if (sku === 'CBL-1M') return 'CBL-1M-BOX10'
  return warehouse === 'OSA' ? `QS-${sku}` : sku
}

/** Plenty of everything, except desk lamps in Osaka: there are none. */
const stock: readonly DemoStock[] = warehouses.flatMap(({ code, wmsCode }) =>
  products.map(({ sku }) => ({ wmsCode, wmsSku: wmsSkuOf(sku, code), available: code === 'OSA' && sku === 'LAMP-01' ? 0 : 100_000 })),
)

/** The goods of the demo: what the shops sell, what it is made of, and where it lies. */
export const demoCatalog: DemoCatalog = {
  warehouses,
  services: ['FEDEX_GROUND', 'USPS_GROUND_ADVANTAGE', 'DHL_EXPRESS', 'YAMATO_TAQBIN', 'SAGAWA_HIKYAKU', 'DHL_PAKET'],
  products,
  mappings,
  warehouseSkus,
  stock,
  listings,
}
