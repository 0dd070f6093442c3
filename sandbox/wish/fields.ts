/** A tree of selected names; an empty map selects everything below. */
type Selection = Map<string, Selection>

/**
 * A partial answer: `fields=id,full_address/shipping_detail,product_information(id,sku)`, with `*` for all.
 * Source: Wish Marketplace V3 API 3.0.65, "Partial Resources" (read 2026-11-22).
 */
export function select(value: unknown, fields: string | undefined): unknown {
  if (fields === undefined || fields === '') return value
  return pick(value, parse(fields))
}

function parse(fields: string): Selection {
  const selection: Selection = new Map()
  for (const item of splitOutsideParentheses(fields)) {
    const [, path = '', group] = /^([^()]*)(?:\((.*)\))?$/.exec(item) ?? []
    let place = selection
    for (const name of path.split('/')) {
      if (name === '*' || name === '') continue
      place = descend(place, name)
    }
    if (group !== undefined) for (const [name, inner] of parse(group)) place.set(name, inner)
  }
  return selection
}

function descend(place: Selection, name: string): Selection {
  const next = place.get(name) ?? new Map()
  place.set(name, next)
  return next
}

function splitOutsideParentheses(text: string): readonly string[] {
  const items: string[] = []
  let depth = 0
  let current = ''
  for (const sign of text) {
    if (sign === '(') depth += 1
    if (sign === ')') depth -= 1
    if (sign === ',' && depth === 0) {
      items.push(current)
      current = ''
    } else current += sign
  }
  return [...items, current]
}

function pick(value: unknown, selection: Selection): unknown {
  if (selection.size === 0) return value
  if (Array.isArray(value)) return value.map((item) => pick(item, selection))
  if (typeof value !== 'object' || value === null) return value
  const picked = Object.entries(value).filter(([name]) => selection.has(name))
  return Object.fromEntries(picked.map(([name, inner]) => [name, pick(inner, selection.get(name) ?? new Map())]))
}
