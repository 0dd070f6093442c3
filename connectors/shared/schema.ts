import { z } from 'zod'
import { parseInstant } from '../../core/value/instant.ts'

/** A field that may be missing. A null from a platform means absent, too. */
export function absent<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullish().transform((value) => value ?? undefined)
}

/** A list that may be missing, which is the same as an empty one. */
export function listOf<Schema extends z.ZodType>(schema: Schema) {
  return z
    .array(schema)
    .nullish()
    .transform((values) => values ?? [])
}

/** A part of an answer that may be missing, which is the same as one whose fields are all missing. */
export function part<Fields extends z.ZodRawShape>(fields: Fields) {
  return z.preprocess((value) => value ?? {}, z.object(fields))
}

/** Text that may be missing; words of enumerations are read with it, so that unknown ones pass. */
export const text = absent(z.string())

/** Several fields of one kind, for spreading into an object: `...each(text, 'city', 'state')`. */
export function each<Schema extends z.ZodType, Name extends string>(schema: Schema, ...names: readonly Name[]) {
  return Object.fromEntries(names.map((name) => [name, schema])) as Record<Name, Schema>
}

/** A moment in ISO 8601 with its zone; the value is an Instant. */
export const instant = z.string().transform((value, context) => {
  const parsed = parseInstant(value)
  if (parsed !== undefined) return parsed
  context.addIssue({ code: 'custom', message: `"${value}" is not a moment with a zone` })
  return z.NEVER
})
