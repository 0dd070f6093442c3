import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parse, validate } from 'graphql'
import type { HttpRequest } from '../../core/ports/transport.ts'
import { loadOfficialSchema } from '../../sandbox/shopify/official-schema.ts'
import { officialCheck, officialFolder } from '../sandbox/amazon/official-models.ts'
import { loadOfficialModels, officialModelsFolder } from '../sandbox/ebay/official-models.ts'
import { goodcangRequests } from '../sandbox/goodcang/official-requests.ts'
import { hasOfficialModel, officialModel } from '../sandbox/wish/official-model.ts'

export type SentRequest = Pick<HttpRequest, 'method' | 'url' | 'body'>
type RequestCheck = (request: SentRequest) => readonly string[]

const folder = process.env['QUAYSIDE_SPECS']

/**
 * What is in no model: pages and tokens of the consent, Wish's API for products, whose model is not public,
 * and two calls that the copy of Goodcang's tables lacks.
 */
const exempt: Readonly<Record<string, RegExp>> = {
  amazon: /^POST \/auth\/o2\/token$/,
  ebay: /^(POST \/identity\/v1\/oauth2\/token|GET \/oauth2\/authorize)$/,
  shopify: /^(POST \/admin\/oauth\/access_token|GET \/admin\/oauth\/authorize)$/,
  wish: /^(GET \/v3\/oauth\/authorize|PUT \/api\/v3\/products\/[^/]+)$/,
  goodcang: /^POST \/public_open\/order\/(cancel_order|get_order_by_ref_code)$/,
}

const openers: Readonly<Record<string, () => RequestCheck | undefined>> = {
  amazon: openAmazon,
  ebay: openEbay,
  shopify: openShopify,
  wish: openWish,
  goodcang: openGoodcang,
}
const opened = new Map<string, RequestCheck | undefined>()

/**
 * What of a request departs from the platform's official model; nothing is said about the answer, which a fault
 * may have spoiled. Undefined when there is nothing to compare with: no QUAYSIDE_SPECS, or an exempt call.
 * The models of a platform are read at its first request.
 */
export function checkRequest(platform: string, request: SentRequest): readonly string[] | undefined {
  if (!folder || exempt[platform]?.test(`${request.method} ${new URL(request.url).pathname}`)) return undefined
  if (!opened.has(platform)) opened.set(platform, openers[platform]?.())
  return opened.get(platform)?.(request)
}

function openAmazon(): RequestCheck | undefined {
  const files = officialFolder()
  const models = files === undefined ? undefined : officialCheck(files)
  return models && ((request) => models.checkRequest(request, request.body))
}

function openEbay(): RequestCheck | undefined {
  const files = officialModelsFolder()
  const models = files === undefined ? undefined : loadOfficialModels(files)
  return (
    models &&
    (({ method, url, body }) => {
      const { pathname, search } = new URL(url)
      return models.checkRequest({ method, path: `${pathname}${search}`, sent: body ? JSON.parse(body) : undefined })
    })
  )
}

function openWish(): RequestCheck | undefined {
  const model = hasOfficialModel ? officialModel() : undefined
  return model && ((request) => model.checkRequest(request, request.body ?? ''))
}

function openGoodcang(): RequestCheck | undefined {
  const check = goodcangRequests(folder ?? '')
  return check && (({ url, body }) => check(new URL(url).pathname, body ?? ''))
}

/** A connector sends the same few documents again and again. */
function openShopify(): RequestCheck | undefined {
  const file = join(folder ?? '', 'shopify', 'admin-2026-10.graphql.gz')
  if (!existsSync(file)) return undefined
  const known = new Map<string, readonly string[]>()
  return ({ method, url, body }) => {
    const { pathname } = new URL(url)
    if (method !== 'POST' || !/^\/admin\/api\/[^/]+\/graphql\.json$/.test(pathname)) return [`no operation ${method} ${pathname}`]
    const { query = '' } = JSON.parse(body || '{}') as { query?: string }
    const problems = known.get(query) ?? validate(loadOfficialSchema(file), parse(query)).map(({ message }) => message)
    known.set(query, problems)
    return problems
  }
}
