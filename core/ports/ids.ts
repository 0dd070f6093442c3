/** The only source of identifiers that are not derived from an identity. */
export interface Ids {
  /** Unique for this database; sorts by time of creation. */
  next(): string
}
