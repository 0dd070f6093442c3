import { describe } from 'vitest'
import { describeReading } from './connector-reading.ts'
import { describeTrouble } from './connector-trouble.ts'
import type { ConnectorContractHarness } from './connector-world.ts'
import { describeWriting } from './connector-writing.ts'

export type { ConnectorContractHarness } from './connector-world.ts'

/** What every connector must show against the simulated platform. Called by `test/connectors/PLATFORM/contract.test.ts`. */
export function describeConnectorContract(name: string, harness: ConnectorContractHarness): void {
  describe(`the connector contract: ${name}`, () => {
    describeReading(harness)
    describeTrouble(harness)
    describeWriting(harness)
  })
}
