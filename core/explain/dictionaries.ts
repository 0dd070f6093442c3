import { en } from './en.ts'
import type { Language, Words } from './words.ts'
import { zh } from './zh.ts'

/** The words of each language. */
export const dictionaries: Readonly<Record<Language, Words>> = { en, zh }
