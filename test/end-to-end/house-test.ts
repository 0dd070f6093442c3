import { test } from 'vitest'
import { type House, type HouseOptions, openHouse } from './harness.ts'

/** A test that opens houses of its own, so that it may run beside others; they are closed when it ends. */
export const it = test.extend<{ openHouse(options?: HouseOptions): Promise<House> }>({
  async openHouse({ task }, use) {
    const houses: House[] = []
    await use(async (options) => {
      const house = await openHouse(options)
      houses.push(house)
      return house
    })
    for (const house of houses) await house.close()
    if (houses.length === 0) throw new Error(`"${task.name}" asks for a house and opens none`)
  },
}).concurrent
