import type { Instant } from '../value/instant.ts'
import { dictionaries } from './dictionaries.ts'
import { distanceOf } from './moments.ts'
import type { Language } from './words.ts'

/** `3 minutes ago`, `in 2 hours`. */
export function distanceInWords(now: Instant, at: Instant, language: Language = 'en'): string {
  return distanceOf(now, at, dictionaries[language])
}
