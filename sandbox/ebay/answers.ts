import { json } from '../shared/respond.ts'

/** Texts of the error tables of the Fulfillment, Inventory and Analytics APIs and of the OAuth gateway (read 2026-11-22). */
const texts: Readonly<Record<number, readonly [domain: string, message: string]>> = {
  1001: ['OAuth', 'Invalid access token'],
  1002: ['OAuth', 'Missing access token'],
  1100: ['ACCESS', 'Access denied'],
  2001: ['ACCESS', 'Too many requests.'],
  2002: ['ACCESS', 'Resource not found'],
  25709: ['API_INVENTORY', 'Invalid value for a field'],
  30500: ['API_FULFILLMENT', 'System error'],
  30700: ['API_FULFILLMENT', 'Invalid filter name'],
  30800: ['API_FULFILLMENT', 'Invalid filter value'],
  30810: ['API_FULFILLMENT', 'Invalid date format'],
  30820: ['API_FULFILLMENT', 'Start date is missing'],
  30830: ['API_FULFILLMENT', "Time range between start date and end date must be within '2' years."],
  30840: ['API_FULFILLMENT', 'Start date should be before end date'],
  30850: ['API_FULFILLMENT', "Start and end dates can't be in the future"],
  30900: ['API_FULFILLMENT', 'Exceeded maximum number of order IDs (the current limit is 50)'],
  31000: ['API_FULFILLMENT', 'Invalid offset'],
  31100: ['API_FULFILLMENT', 'Invalid limit'],
  32100: ['API_FULFILLMENT', 'Invalid order ID'],
  32110: ['API_FULFILLMENT', 'Invalid shipping fulfillment ID'],
  32200: ['API_FULFILLMENT', 'Invalid line item id'],
  32210: ['API_FULFILLMENT', 'Duplicate line item in the request'],
  32300: ['API_FULFILLMENT', 'Invalid shipment tracking number or carrier'],
  32500: ['API_FULFILLMENT', 'Invalid shipped date'],
  32600: ['API_FULFILLMENT', 'Invalid input data'],
  32800: ['API_FULFILLMENT', 'Invalid field group'],
  34100: ['API_FULFILLMENT', 'Maximum tracking number for order is exceeded'],
  34500: ['API_FULFILLMENT', 'Please use PUT operation for updating shipping fulfillment'],
}

export interface ErrorEntry {
  readonly errorId: number
  readonly domain: string
  readonly category: string
  readonly message: string
  readonly longMessage?: string
  readonly parameters?: readonly { readonly name: string; readonly value: string }[]
}

/** One entry of an error body; `value` is the part of the request that was wrong. */
export function errorEntry(errorId: number, value?: string): ErrorEntry {
  const [domain, message] = texts[errorId] ?? ['API_FULFILLMENT', 'System error']
  return {
    errorId,
    domain,
    category: errorId === 30500 ? 'APPLICATION' : 'REQUEST',
    message,
    ...(value === undefined ? {} : { longMessage: `${message}: ${value}`.slice(0, 200), parameters: [{ name: 'value', value }] }),
  }
}

/** A refusal as the platform words it. */
export function refuse(errorId: number, value?: string, status = 400, headers: Readonly<Record<string, string>> = {}): Response {
  return json({ errors: [errorEntry(errorId, value)] }, status, headers)
}

/** The error body of the token endpoint, which has a form of its own. */
export function refuseGrant(error: string, description: string, status = 400): Response {
  return json({ error, error_description: description }, status)
}
