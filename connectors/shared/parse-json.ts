/**
 * The value of a JSON text; undefined when there is no text or it is no JSON, such as the page of a proxy.
 * `parse` may stand in for JSON.parse when numbers must keep their text.
 */
export function parseJson(text: unknown, parse: (text: string) => unknown = (json) => JSON.parse(json)): unknown {
  if (typeof text !== 'string') return undefined
  try {
    return parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
