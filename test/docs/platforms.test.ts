import { beforeAll, describe, expect, it } from 'vitest'
import { connectors } from '../../connectors/index.ts'
import { type Register, registerKinds } from '../connectors/register.ts'
import { type CitingTest, citingTests, kindOf, renderPlatforms } from './platforms.ts'

const registers: Record<string, Register> = {}
for (const { platform } of connectors) {
  const module = (await import(`../connectors/${platform}/register.ts`)) as { readonly register: Register }
  registers[platform] = module.register
}
const entries = Object.entries(registers).flatMap(([platform, register]) => register.map((entry) => ({ ...entry, platform })))

describe('what the platforms do', { timeout: 180_000 }, () => {
  let tests: readonly CitingTest[]
  beforeAll(async () => {
    tests = await citingTests()
  }, 180_000)

  it('has an id of its own for every entry', () => {
    const ids = entries.map(({ id }) => id)
    const misnamed = entries.filter(
      (entry) => !entry.id.startsWith(`${entry.platform}-`) || !registerKinds.some((kind) => kind === kindOf(entry)),
    )

    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
    expect(misnamed.map(({ id }) => id)).toEqual([])
  })

  it('is shown by a test or says why not', () => {
    const cited = new Set(tests.flatMap(({ ids }) => ids))
    const open = entries.filter(({ id, notHandled }) => cited.has(id) === (notHandled !== undefined))

    expect(open.map(({ id, says }) => `${id} ${says}`)).toEqual([])
  })

  it('is cited by nothing that does not exist', () => {
    const known = new Set(entries.map(({ id }) => id))

    expect(tests.flatMap(({ ids, title, file }) => ids.filter((id) => !known.has(id)).map((id) => `${id} in ${file}: ${title}`))).toEqual(
      [],
    )
  })

  it('stands in docs/platforms.md as the tests show it', async () => {
    await expect(renderPlatforms(registers, tests)).toMatchFileSnapshot('../../docs/platforms.md')
  })
})
