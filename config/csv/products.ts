import { SyncError } from '../../core/errors.ts'
import { type CargoClass, cargoClasses, type Product } from '../../core/model/catalog.ts'
import { isCountry } from '../../core/value/country.ts'
import { asSku } from '../../core/value/ids.ts'
import { formatAmount, type Money, parseMoney } from '../../core/value/money.ts'
import { suggestion } from '../../core/value/spelling.ts'
import { sortProblems } from '../problems.ts'
import { type CellReader, cellReader, keyWatch } from './cells.ts'
import { type Parsed, readTable, type TableRow, writeTable } from './table.ts'

const columns = [
  'sku',
  'name',
  'name_zh',
  'weight_g',
  'length_mm',
  'width_mm',
  'height_mm',
  'declared_value',
  'currency',
  'hs_code',
  'origin',
  'cargo_class',
] as const
const optionalColumns = ['measured_weight_g', 'measured_length_mm', 'measured_width_mm', 'measured_height_mm', 'barcode'] as const
type Column = (typeof columns)[number] | (typeof optionalColumns)[number]

/**
 * Reads products.csv, one product a row. Rows with a mistake are left out and reported; nothing is to be stored while
 * there are problems. An empty cargo class is `general`. Measures and barcode are optional columns.
 */
export function parseProducts(text: string, fileName: string): Parsed<Product> {
  const table = readTable(text, fileName, columns, optionalColumns)
  const problems = [...table.problems]
  const watch = keyWatch(fileName, 'sku', problems)
  const rows: Product[] = []
  for (const row of table.rows) {
    const product = productFrom(row, cellReader(row, { file: fileName, problems }))
    if (product && watch.isNew([product.sku], row.line)) rows.push(product)
  }
  return { rows, rowCount: table.rows.length, problems: [...sortProblems(problems)] }
}

/** products.csv as `parseProducts` reads it, in the order given. */
export function formatProducts(products: readonly Product[]): string {
  return writeTable(
    columns,
    products.map((product) => ({
      sku: product.sku,
      name: product.name,
      name_zh: product.nameZh ?? '',
      weight_g: numberCell(product.weightGrams),
      length_mm: numberCell(product.lengthMm),
      width_mm: numberCell(product.widthMm),
      height_mm: numberCell(product.heightMm),
      declared_value: product.declaredValue ? formatAmount(product.declaredValue) : '',
      currency: product.declaredValue?.currency ?? '',
      hs_code: product.hsCode ?? '',
      origin: product.origin ?? '',
      cargo_class: product.cargoClass,
      measured_weight_g: numberCell(product.measuredWeightGrams),
      measured_length_mm: numberCell(product.measuredLengthMm),
      measured_width_mm: numberCell(product.measuredWidthMm),
      measured_height_mm: numberCell(product.measuredHeightMm),
      barcode: product.barcode ?? '',
    })),
    optionalColumns,
  )
}

function productFrom(row: TableRow<Column>, cells: CellReader<Column>): Product | undefined {
  const sku = cells.requiredCode('sku')
  const name = cells.text('name')
  if (name === '') cells.problem('name', 'must not be empty')
  const optional = {
    nameZh: cells.text('name_zh') || undefined,
    weightGrams: cells.count('weight_g'),
    lengthMm: cells.count('length_mm'),
    widthMm: cells.count('width_mm'),
    heightMm: cells.count('height_mm'),
    declaredValue: declaredValue(row, cells),
    hsCode: cells.code('hs_code') || undefined,
    origin: origin(cells),
    measuredWeightGrams: cells.count('measured_weight_g'),
    ...measuredSides(cells),
    barcode: cells.code('barcode') || undefined,
  }
  const cargoClass = cargoClassFrom(cells)
  if (!cells.isGood()) return undefined
  const present = Object.entries(optional).filter(([, value]) => value !== undefined)
  return { sku: asSku(sku), name, cargoClass, ...Object.fromEntries(present) }
}

/** A measured length beside a declared width is no parcel. */
function measuredSides(cells: CellReader<Column>) {
  const sides = {
    measuredLengthMm: cells.count('measured_length_mm'),
    measuredWidthMm: cells.count('measured_width_mm'),
    measuredHeightMm: cells.count('measured_height_mm'),
  }
  const given = Object.values(sides).filter((side) => side !== undefined).length
  if (given % 3 !== 0) cells.problem('measured_length_mm', 'give all three measured sides or none')
  return sides
}

function declaredValue(row: TableRow<Column>, cells: CellReader<Column>): Money | undefined {
  const amount = row.cells.declared_value
  const currency = row.cells.currency
  if (amount === '') return undefined
  if (currency === '') {
    cells.problem('currency', 'must not be empty when there is a declared_value')
    return undefined
  }
  try {
    const value = parseMoney(amount, currency)
    if (value.minorUnits < 0) cells.problem('declared_value', 'must not be negative')
    return value
  } catch (error) {
    if (!(error instanceof SyncError)) throw error
    cells.problem(error.code === 'currency-unknown' ? 'currency' : 'declared_value', error.message)
    return undefined
  }
}

function origin(cells: CellReader<Column>): string | undefined {
  const country = cells.text('origin')
  if (country !== '' && !isCountry(country)) cells.problem('origin', 'expected a country code of two capital letters, such as CN')
  return country || undefined
}

function cargoClassFrom(cells: CellReader<Column>): CargoClass {
  const word = cells.text('cargo_class')
  const found = cargoClasses.find((candidate) => candidate === word)
  if (!found && word !== '') cells.problem('cargo_class', `unknown cargo class "${word}"${suggestion(word, cargoClasses)}`)
  return found ?? 'general'
}

function numberCell(value: number | undefined): string {
  return value === undefined ? '' : String(value)
}
