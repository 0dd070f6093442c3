/** Numbers that look like chance and are the same for the same seed. */
export interface Chance {
  /** True with this probability. */
  happens(probability: number): boolean
  /** From 0 to `bound` − 1. */
  below(bound: number): number
  pick<T>(list: readonly T[]): T
}

/** Mulberry32, public domain (https://gist.github.com/tommyettinger/46a874533244883189143505d203312c). */
export function chanceOf(seed: number): Chance {
  let state = seed
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (bound: number): number => Math.floor(next() * bound)
  return {
    happens: (probability) => next() < probability,
    below,
    pick(list) {
      const item = list[below(list.length)]
      if (item === undefined) throw new Error('nothing to pick from')
      return item
    },
  }
}
