import { appendFileSync } from 'node:fs'

/**
 * Adds requests that a test has found to fit a vendor's official model to the report that `.ci/run` sums up
 * per platform. Without QUAYSIDE_SPECS_REPORT nothing is written. Call it after the expectation.
 */
export function reportOfficialChecks(platform: string, requests: number): void {
  const file = process.env['QUAYSIDE_SPECS_REPORT']
  if (file) appendFileSync(file, `${JSON.stringify({ platform, requests })}\n`)
}
