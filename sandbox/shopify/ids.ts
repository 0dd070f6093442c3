import { createHash } from 'node:crypto'

/** Numbers as Shopify gives them: above 2^53, so that whoever reads them as a JavaScript number loses digits. */
export interface IdSource {
  next(): string
}

export function createIdSource(): IdSource {
  let last = 9_007_199_254_741_000n
  return {
    next: () => {
      last += 7n
      return String(last)
    },
  }
}

/** `gid://shopify/Order/9007199254741007`. */
export function gid(type: string, id: string): string {
  return `gid://shopify/${type}/${id}`
}

/** The number in a gid of that type; undefined when it is a gid of something else or none at all. */
export function idOf(type: string, text: string): string | undefined {
  const match = /^gid:\/\/shopify\/([A-Za-z]+)\/(\d+)(?:\?.*)?$/.exec(text)
  return match?.[1] === type ? match[2] : undefined
}

/** The type named in a gid. */
export function typeOf(text: string): string | undefined {
  return /^gid:\/\/shopify\/([A-Za-z]+)\//.exec(text)?.[1]
}

/** Looks like a credential and is the same in every run. */
export function derive(kind: string, text: string): string {
  return createHash('sha256').update(`sandbox ${kind} ${text}`).digest('hex').slice(0, 32)
}
