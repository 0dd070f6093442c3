import { z } from 'zod'
import { type Instant, parseInstant } from '../../core/value/instant.ts'
import { invalidInput } from './respond.ts'

/** Arrays are joined by commas in one parameter. */
export const list = z.string().transform((text) => text.split(','))

export const time = z.string().transform((text, context): Instant => {
  const parsed = parseInstant(text)
  if (parsed !== undefined) return parsed
  context.addIssue({ code: 'custom', message: 'must be a date in ISO 8601 format' })
  return z.NEVER
})

export function listOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return list.pipe(z.array(z.enum(words)))
}

export const pageSize = z.string().regex(/^\d+$/).transform(Number).pipe(z.int().min(1).max(100))

/** Reads the query; unknown, repeated or wrong parameters are refused as Amazon refuses them. */
export function parseQuery<Schema extends z.ZodType>(url: URL, schema: Schema): z.output<Schema> {
  const names = [...url.searchParams.keys()]
  const repeated = names.find((name, index) => names.indexOf(name) !== index)
  if (repeated !== undefined) throw invalidInput(`Parameter ${repeated} is given more than once.`)
  return parseInput(Object.fromEntries(url.searchParams), schema)
}

function parseInput<Schema extends z.ZodType>(input: unknown, schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw invalidInput(`Invalid input at ${issue?.path.join('.') || 'request'}: ${issue?.message ?? 'unreadable'}`)
}

export async function parseBody<Schema extends z.ZodType>(request: Request, schema: Schema): Promise<z.output<Schema>> {
  if (!(request.headers.get('content-type') ?? '').includes('application/json'))
    throw invalidInput('The content type must be application/json.')
  try {
    return parseInput(JSON.parse(await request.text()), schema)
  } catch (error) {
    if (error instanceof SyntaxError) throw invalidInput('The request body is not valid JSON.')
    throw error
  }
}
