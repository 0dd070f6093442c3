import { type Document, isMap, isScalar, isSeq, type LineCounter, type Node, type Pair } from 'yaml'

export type Path = readonly PropertyKey[]

export interface Position {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** Finds the place in a YAML file that belongs to a path of keys and list indexes. */
export interface Positions {
  /** Of the value; of its key when the value is empty; of the nearest parent when the path does not exist. */
  at(path: Path): Position
  /** Of the key that the path ends with; of the value in a list. */
  atKey(path: Path): Position
  /** The text node at the path, to ask where its value came from. */
  node(path: Path): Node | undefined
}

export function positionsOf(file: string, document: Document, lineCounter: LineCounter): Positions {
  const place = (offset: number): Position => {
    const { line, col } = lineCounter.linePos(offset)
    return { file, line: Math.max(1, line), column: Math.max(1, col) }
  }
  const root = document.contents

  const find = (path: Path): { readonly node: Node | undefined; readonly pair: Pair | undefined; readonly whole: boolean } => {
    let node: Node | undefined = resolved(root, document)
    let pair: Pair | undefined
    for (const key of path) {
      const step = childOf(node, key, document)
      if (!step) return { node, pair, whole: false }
      node = step.node
      pair = step.pair
    }
    return { node, pair, whole: true }
  }

  return {
    at(path) {
      const { node, pair } = find(path)
      if (node && !(isScalar(node) && node.value === null && pair)) return place(offsetOf(node))
      return place(offsetOf(pair?.key))
    },
    atKey(path) {
      const { node, pair, whole } = find(path)
      return place(offsetOf(whole && pair ? pair.key : node))
    },
    node: (path) => {
      const { node, whole } = find(path)
      return whole ? node : undefined
    },
  }
}

function childOf(
  node: Node | undefined,
  key: PropertyKey,
  document: Document,
): { node: Node | undefined; pair: Pair | undefined } | undefined {
  if (isMap(node)) {
    const pair = node.items.findLast((item) => isScalar(item.key) && String(item.key.value) === String(key))
    return pair ? { node: resolved(pair.value, document), pair } : undefined
  }
  if (isSeq(node)) {
    const item = node.items[Number(key)]
    return item === undefined ? undefined : { node: resolved(item, document), pair: undefined }
  }
  return undefined
}

/** The node an alias stands for, so that a mistake behind `*name` is shown where it is written. */
function resolved(value: unknown, document: Document): Node | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const node = value as Node & { resolve?: (document: Document) => Node | undefined }
  return typeof node.resolve === 'function' ? node.resolve(document) : node
}

function offsetOf(node: unknown): number {
  const range = (node as { range?: readonly [number, number, number] | null } | null | undefined)?.range
  return range?.[0] ?? 0
}
