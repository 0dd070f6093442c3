import { json } from '../shared/respond.ts'
import type { World } from './state.ts'

/** A refusal in the platform's words. Source of the codes: Wish Marketplace V3 API 3.0.65, examples of the operations (read 2026-11-22). */
export interface Refusal {
  readonly status: number
  readonly code: number
  readonly message: string
}

export type Result = { readonly data: unknown } | { readonly refusal: Refusal }

export function done(data: unknown): Result {
  return { data }
}

export function refuse(code: number, message: string, status = 400): Result {
  return { refusal: { status, code, message } }
}

export const badParameter = (message: string): Result => refuse(1001, message)
/** A business rule said no; the example in the document is an unknown download job. */
export const ruleRefused = (message: string): Result => refuse(90001, message)

/** The envelope around every answer; `data` is empty in errors. */
export function answer(world: World, result: Result, headers: Readonly<Record<string, string>>): Response {
  if ('data' in result) return json({ message: '', code: code(world, 0), data: result.data }, 200, headers)
  const { status, code: number, message } = result.refusal
  return json({ message, code: code(world, number), data: null }, status, headers)
}

/** The schema calls `code` an integer, the examples of errors show text: that is the default here. */
function code(world: World, number: number): number | string {
  if (world.is('code-as-number')) return number
  return number !== 0 || world.is('code-as-text') ? String(number) : 0
}
