/** A telephone number in the fields that Goodcang has for it. */
export interface PhoneFields {
  readonly phone: string
  readonly cell_phone?: string
}

const withExtension = /^(.+?)[\s,;]*(?:ext\.?|extension|x|#)\s*:?\s*(\d{1,8})$/i

/**
 * Fits a number with an extension, such as Amazon's `+1 207-555-0100 ext. 12345`, into 20 signs: first by
 * giving the extension its own field, then by dropping spaces and dashes. No digit is lost. On AMAZON orders
 * the extension's field is ignored and Goodcang takes the extension from `phone` itself.
 * Source: order/create_order, phone and cell_phone (read 2026-11-24).
 */
export function phoneFields(text: string, platformWord: string, longest: number): PhoneFields {
  if (text.length <= longest) return { phone: text }
  const match = withExtension.exec(text)
  if (!match) return { phone: compact(text) }
  const number = match[1] ?? ''
  const extension = match[2] ?? ''
  if (platformWord === 'AMAZON') return { phone: `${compact(number)} x${extension}` }
  return { phone: number.length <= longest ? number : compact(number), cell_phone: extension }
}

function compact(text: string): string {
  return text.replace(/[\s().-]+/g, '')
}
