import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConnectResult } from '../../daemon/commands/connect.ts'
import { codeIn } from '../../daemon/commands/connect.ts'
import { consentCodeOf } from '../../sandbox/amazon/account.ts'
import { type House, openHouse } from '../end-to-end/harness.ts'
import { eventually } from '../end-to-end/processes.ts'

interface ShopsFile {
  shops: { id: string; platform: string; settings: Record<string, unknown> }[]
}

/** What the browser ends at after the seller has agreed. */
async function agree(authorizeUrl: string | null): Promise<string> {
  const response = await fetch(authorizeUrl ?? '', { redirect: 'manual' })
  return response.headers.get('location') ?? ''
}

describe('npm run connect', () => {
  let house: House
  beforeAll(async () => {
    house = await openHouse()
    await house.editYaml<ShopsFile>('shops.yaml', (file) => {
      for (const { platform, settings } of file.shops) {
        delete settings['refreshToken']
        if (platform === 'amazon') settings['applicationId'] = 'amzn1.sp.solution.test'
        if (platform === 'wish') settings['redirectUri'] = 'http://127.0.0.1/connected'
      }
    })
  })
  afterAll(() => house.close())

  it.each(['us-amazon', 'de-ebay', 'wish-1'])('tells where to give consent while %s has no token', async (shop) => {
    const result = await house.json<ConnectResult>('connect', '--shop', shop, '--json')

    expect(result).toMatchObject({ shop, connected: false, problem: { kind: 'auth' } })
    expect(result.problem?.message).toContain(shop)
    expect(result.authorizeUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/.*(authorize)/)
  })

  it.each(['de-ebay', 'wish-1'])('takes the address that the browser ended at and connects %s for good', async (shop) => {
    const { authorizeUrl } = await house.json<ConnectResult>('connect', '--shop', shop, '--json')
    const result = await house.json<ConnectResult>('connect', '--shop', shop, '--code', await agree(authorizeUrl), '--json')
    const afterwards = await house.json<ConnectResult>('connect', '--shop', shop, '--json')

    expect(result).toMatchObject({ connected: true, problem: null })
    expect(result.account).not.toBe('')
    expect(afterwards).toMatchObject({ connected: true, account: result.account })
  })

  it('takes the bare code of Amazon, through a daemon that runs, whose stopped lanes go on at once', async () => {
    const daemon = house.start('start')
    const polled = async (): Promise<string | undefined> =>
      (await house.read((storage) => storage.read((stores) => stores.lanes.load('poll', 'us-amazon'))))?.problem?.kind
    await eventually('the poll of us-amazon is refused', async () => (await polled()) === 'auth')

    const result = await house.json<ConnectResult>(
      'connect',
      '--shop',
      'us-amazon',
      '--code',
      consentCodeOf({ account: 'us-amazon' }),
      '--json',
    )
    await eventually('the poll of us-amazon works', async () => (await polled()) === undefined)
    await daemon.end('SIGTERM')

    expect(result).toMatchObject({ connected: true, account: 'Sandbox store us-amazon' })
  })

  it('only checks a shop that needs no consent', async () => {
    const { code, stdout } = await house.run('connect', '--shop', 'brand-us')

    expect(code).toBe(0)
    expect(stdout).toContain('shop brand-us (shopify) is connected as brand-us')
    expect(stdout).not.toContain('--code')
  })

  it('names the shop and what to do when the code is refused, and keeps the token that works', async () => {
    const refused = await house.run('connect', '--shop', 'us-amazon', '--code', 'made-up')
    const afterwards = await house.json<ConnectResult>('connect', '--shop', 'us-amazon', '--json')

    expect(refused.code).toBe(1)
    expect(refused.stderr).toMatch(/shop us-amazon: .*authorize again/)
    expect(afterwards.connected).toBe(true)
  })

  it('does not work with the token of another account', async () => {
    await house.editYaml<ShopsFile>('shops.yaml', (file) => {
      for (const { platform, settings } of file.shops) if (platform === 'wish') settings['merchantId'] = 'somebody-else'
    })
    const { authorizeUrl } = await house.json<ConnectResult>('connect', '--shop', 'wish-1', '--json')
    const refused = await house.run('connect', '--shop', 'wish-1', '--code', await agree(authorizeUrl), '--json')
    const afterwards = await house.run('connect', '--shop', 'wish-1', '--json')

    expect(refused.code).toBe(1)
    expect(JSON.parse(refused.stdout)).toMatchObject({
      connected: false,
      problem: { kind: 'config', message: expect.stringContaining('somebody-else') },
    })
    // Not the account that is meant: it is as if nobody had agreed.
    expect(JSON.parse(afterwards.stdout)).toMatchObject({ connected: false, problem: { kind: 'auth' } })
  })

  it.each([
    [['--shop', 'nowhere'], 'shop nowhere is not configured; there are brand-us'],
    [[], "required option '--shop <id>' not specified"],
    [['--shop', 'brand-us', '--code', 'x'], 'only a store of another organization than the app gives consent'],
    [['--shop', 'de-ebay', '--code', 'https://example.com/?error=access_denied'], 'the platform refused: access_denied'],
  ])('refuses %j with 2', async (commandArguments, message) => {
    const { code, stderr } = await house.run('connect', ...commandArguments)

    expect(code).toBe(2)
    expect(stderr).toContain(message)
  })

  it('connects a Shopify store of another organization by consent', async () => {
    await house.editYaml<ShopsFile>('shops.yaml', (file) => {
      for (const { id, settings } of file.shops) if (id === 'brand-us') settings['redirectUri'] = 'http://127.0.0.1/connected'
    })
    const before = await house.json<ConnectResult>('connect', '--shop', 'brand-us', '--json')
    const result = await house.json<ConnectResult>('connect', '--shop', 'brand-us', '--code', await agree(before.authorizeUrl), '--json')

    expect(before).toMatchObject({ connected: false, problem: { kind: 'auth' } })
    expect(result).toMatchObject({ connected: true, problem: null, account: expect.stringContaining('brand-us') })
  })

  it('never says a token or a code', () => {
    expect(house.tokensSeen.size).toBeGreaterThan(3)
    for (const token of house.tokensSeen) expect(house.everythingSaid()).not.toContain(token)
  })
})

describe('a pasted code', () => {
  it.each([
    ['v^1.1#i^1#c^22', 'v^1.1#i^1#c^22'],
    ['https://signin.ebay.com/x?code=v%5E1.1%23i%5E1&expires_in=299', 'v^1.1#i^1'],
    ['https://example.com/cb?state=s&spapi_oauth_code=RH1&selling_partner_id=A1', 'RH1'],
  ])('is taken out of %s', (text, code) => {
    expect(codeIn(text)).toBe(code)
  })
})
