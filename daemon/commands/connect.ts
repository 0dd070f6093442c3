import { z } from 'zod'
import { connectors } from '../../connectors/index.ts'
import { SyncError } from '../../core/errors.ts'
import type { LaneName } from '../../core/model/lane.ts'
import type { Shop } from '../../core/model/shop.ts'
import type { ConsentFlow } from '../../core/ports/connector.ts'
import type { StoredToken } from '../../core/ports/token-store.ts'
import { instantFromMs } from '../../core/value/instant.ts'
import type { ShopDesk } from '../../core/world.ts'
import type { Runtime } from '../compose.ts'
import { seedHash } from '../token-store.ts'
import { createTransport, redirected } from '../transport.ts'
import type { Command } from './command.ts'

const argumentsSchema = z.object({ shop: z.string(), code: z.string().trim().min(1).optional() })

export interface ConnectResult {
  readonly shop: string
  readonly platform: string
  /** Whether the credentials that are in use now open the account. */
  readonly connected: boolean
  readonly account: string | null
  readonly warnings: readonly string[]
  /** The address to open for consent; null when the platform needs none or the settings do not allow it. */
  readonly authorizeUrl: string | null
  /** Why it is not connected. */
  readonly problem: { readonly kind: string; readonly message: string } | null
  /** Why there is no address, when the platform has a consent flow. */
  readonly hint: string | null
}

/**
 * Without a code: tells where to give consent and whether the shop works already. With a code: exchanges it,
 * stores the token durably before anybody uses it, and checks the account.
 */
export const connect: Command = async (runtime, args, signal): Promise<ConnectResult> => {
  const { shop: id, code } = argumentsSchema.parse(args)
  const desk = runtime.world.shop(id)
  const consent = connectors.find((candidate) => candidate.platform === desk.shop.platform)?.consent
  const address = consent ? consentAddress(consent, desk.shop) : { authorizeUrl: null, hint: null }
  const redeemed = code === undefined ? undefined : await redeem(runtime, desk, consent, codeIn(code))
  const checked = await check(desk, signal)
  if (redeemed && isRefused(checked.problem)) await takeBack(runtime, desk, redeemed)
  if (checked.connected) await wakeLanes(runtime, desk.shop)
  return { shop: id, platform: desk.shop.platform, ...checked, ...address }
}

/** The code itself, or the address that the browser ended at, as pasted from it. */
export function codeIn(text: string): string {
  if (!/^https?:\/\//.test(text)) return text
  const query = URL.canParse(text) ? new URL(text).searchParams : new URLSearchParams()
  const code = query.get('spapi_oauth_code') ?? query.get('code')
  if (code !== null && code !== '') return code
  const refusal = query.get('error')
  const said = refusal === null ? 'it carries no code' : `the platform refused: ${refusal}`
  throw new SyncError(
    'config',
    `the pasted address is not the one after consent (${said}): give consent again and paste the last address`,
    {
      code: 'consent-code-missing',
    },
  )
}

/** Exchanges the code and stores what it gives; returns the key and what was stored before. */
async function redeem(runtime: Runtime, desk: ShopDesk, consent: ConsentFlow<unknown> | undefined, code: string): Promise<Redeemed> {
  const { shop } = desk
  if (!consent) {
    const message = `shop ${shop.id}: ${shop.platform} has no consent flow; its credentials stand in shops.yaml. Leave out --code to check them`
    throw new SyncError('config', message, { code: 'no-consent-flow' })
  }
  const { clock, storage } = runtime.world
  const key = consent.tokenKey(shop.settings, shop.id)
  const row = await storage.read((stores) => stores.tokens.load(key.scope))
  const before = row?.seedHash === seedHash(key.seed) ? row.token : noToken
  await replaceToken(desk, key, before, async () => {
    try {
      return await consent.exchange(shop.settings, code, createTransport(shop.endpoint), clock.now())
    } catch (error) {
      throw named(error, shop)
    }
  })
  return { key, before }
}

interface Redeemed {
  readonly key: ReturnType<ConsentFlow<unknown>['tokenKey']>
  readonly before: StoredToken
}

/** What a shop without consent has: the next renewal starts from the configuration. */
const noToken: StoredToken = { accessToken: '', issuedAt: instantFromMs(0) }

/** Through the lock that every lane takes to renew the token; a lane that was faster only moves what is replaced. */
async function replaceToken(
  { call }: ShopDesk,
  key: Redeemed['key'],
  before: StoredToken,
  next: () => Promise<StoredToken>,
): Promise<void> {
  const { tokens } = call(new AbortController().signal)
  let isReplaced = false
  let current = before
  const renew = (): Promise<StoredToken> => {
    isReplaced = true
    return next()
  }
  while (!isReplaced) current = await tokens.replace({ ...key, renew }, current)
}

/** A token of another account must not be worked with: what was there before comes back. */
async function takeBack(runtime: Runtime, desk: ShopDesk, { key, before }: Redeemed): Promise<void> {
  const row = await runtime.world.storage.read((stores) => stores.tokens.load(key.scope))
  await replaceToken(desk, key, row?.token ?? noToken, () => Promise.resolve(before))
}

/** The same error with the shop's name in front: a consent flow does not know the shop. */
function named(error: unknown, { id }: Shop): unknown {
  if (!(error instanceof SyncError)) return error
  const { kind, code, context } = error
  return new SyncError(kind, `shop ${id}: ${error.message}`, { code, context, cause: error })
}

function consentAddress(consent: ConsentFlow<unknown>, { endpoint, settings }: Shop): Pick<ConnectResult, 'authorizeUrl' | 'hint'> {
  try {
    const url = consent.authorizeUrl(settings)
    return { authorizeUrl: endpoint === undefined ? url : redirected(url, endpoint), hint: null }
  } catch (error) {
    if (!(error instanceof SyncError)) throw error
    return { authorizeUrl: null, hint: error.message }
  }
}

async function check(
  { shop, connector, call }: ShopDesk,
  signal: AbortSignal,
): Promise<Pick<ConnectResult, 'connected' | 'account' | 'warnings' | 'problem'>> {
  try {
    const { account, warnings } = await connector.checkConnection(call(signal))
    return { connected: true, account, warnings, problem: null }
  } catch (error) {
    if (!(error instanceof SyncError)) throw error
    const message = error.message.includes(shop.id) ? error.message : `shop ${shop.id}: ${error.message}`
    return { connected: false, account: null, warnings: [], problem: { kind: error.kind, message } }
  }
}

function isRefused(problem: ConnectResult['problem']): boolean {
  return problem?.kind === 'auth' || problem?.kind === 'config'
}

const shopLanes: readonly LaneName[] = ['poll', 'confirm', 'sweep']

/** Lanes that stopped for want of credentials go on now, not after their pause. */
async function wakeLanes({ world }: Runtime, { id }: Shop): Promise<void> {
  await world.storage.write(async (stores) => {
    for (const lane of shopLanes) {
      const row = await stores.lanes.load(lane, id)
      if (row?.problem?.kind !== 'auth') continue
      const { pausedUntil: _, ...rest } = row
      await stores.lanes.save(rest)
    }
  })
  for (const lane of shopLanes) world.wake(lane, id)
}
