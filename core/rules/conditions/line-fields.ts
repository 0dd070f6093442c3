import { cargoClasses } from '../../model/catalog.ts'
import { type Money, multiplyMoney } from '../../value/money.ts'
import { type Field, lineField } from './field.ts'
import { inDollars, liveUnits, productOf, type Scope } from './scope.ts'

const typed = { ignoreCase: true } as const
const mapped = { since: 'review' } as const

export const lineFields: readonly Field[] = [
  lineField('channelSku', 'text', ({ line }) => line?.channelSku, { list: 'sku' }),
  lineField('itemId', 'text', ({ line }) => line?.itemId),
  lineField('variantId', 'text', ({ line }) => line?.variantId),
  lineField('title', 'text', ({ line }) => line?.title, typed),
  lineField('customization', 'text', ({ line }) => line?.customization, { ignoreCase: true, personal: true }),
  lineField('quantity', 'number', ({ line }) => line && liveUnits(line)),
  lineField('unitPrice', 'money', ({ line }) => line?.unitPrice),
  lineField('unitPriceUsd', 'money', (scope) => inDollars(scope.line?.unitPrice, scope)),
  lineField('lineTotal', 'money', lineTotal),
  lineField('lineTotalUsd', 'money', (scope) => inDollars(lineTotal(scope), scope)),
  lineField('sku', 'text', ({ item }) => item?.sku, { list: 'sku', ...mapped }),
  lineField('product.name', 'text', (scope) => productOf(scope)?.name, { ...typed, ...mapped }),
  lineField('product.nameZh', 'text', (scope) => productOf(scope)?.nameZh, { ...typed, ...mapped }),
  lineField('product.weightGrams', 'number', (scope) => productOf(scope)?.weightGrams, mapped),
  lineField('product.lengthMm', 'number', (scope) => productOf(scope)?.lengthMm, mapped),
  lineField('product.widthMm', 'number', (scope) => productOf(scope)?.widthMm, mapped),
  lineField('product.heightMm', 'number', (scope) => productOf(scope)?.heightMm, mapped),
  lineField('product.declaredValue', 'money', (scope) => productOf(scope)?.declaredValue, mapped),
  lineField('product.hsCode', 'text', (scope) => productOf(scope)?.hsCode, mapped),
  lineField('product.origin', 'text', (scope) => productOf(scope)?.origin, { list: 'country', ...mapped }),
  lineField('product.cargoClass', 'text', (scope) => productOf(scope)?.cargoClass, { values: cargoClasses, ...mapped }),
]

function lineTotal({ line }: Scope): Money | undefined {
  return line?.unitPrice && multiplyMoney(line.unitPrice, liveUnits(line))
}
