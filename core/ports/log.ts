/** Structured log. Messages at warn and error are constant text; variable parts, free of secrets and personal data, are fields. */
export interface Log {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void
  info(message: string, fields?: Readonly<Record<string, unknown>>): void
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void
  error(message: string, fields?: Readonly<Record<string, unknown>>): void
  /** A log that adds the fields to every line. */
  child(fields: Readonly<Record<string, unknown>>): Log
}
