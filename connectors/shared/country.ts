const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })

/** Codes that the runtime can name but that are no country in ISO 3166-1: regions, aliases and states of the past. */
const notCountries = new Set(['EU', 'EZ', 'UK', 'UN', 'SU', 'QO', 'ZZ'])

/**
 * Whether a code is a country of ISO 3166-1 alpha-2 (or XK, which platforms use for Kosovo). An unknown one
 * becomes a hold `unknown-value`, never a default.
 */
export function isCountry(code: string): boolean {
  return /^[A-Z]{2}$/.test(code) && !notCountries.has(code) && names.of(code) !== undefined
}
