/** Longer text is cut before a pattern sees it, so that no text can keep the process busy. */
export const longestSubject = 200
const mostRepeats = 3
const mostOptionals = 8

/**
 * Why a pattern is not taken: it is no pattern, or some text could make it run for ages. Refused are
 * repeats of what itself repeats or chooses, references back, look-arounds, and too many open repeats.
 */
export function patternProblem(source: string): string | undefined {
  try {
    new RegExp(source, 'u')
  } catch (error) {
    const said = error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : ''
    return `is not a regular expression: ${said}`
  }
  return costProblem(source)
}

/** The text that a pattern is given. */
export function patternSubject(text: string): string {
  return text.length > longestSubject ? text.slice(0, longestSubject) : text
}

interface Group {
  repeats: number
  chooses: boolean
}

function costProblem(source: string): string | undefined {
  const outer: Group[] = []
  let current: Group = { repeats: 0, chooses: false }
  let closed: Group | undefined
  let repeats = 0
  let optionals = 0
  for (const token of source.match(
    /\\[pPu]\{[^}]*\}|\\k<[^>]*>|\\.|\[(?:\\.|[^\]\\])*\]|\(\?<?[=!]|\(\?(?:<\w+>|[\w-]*:)?|\{\d+(?:,\d*)?\}|./gsu,
  ) ?? []) {
    if (/^\\(?:[1-9]|k<)/.test(token)) return 'refers back to a group, which can run for ages'
    if (/^\(\?<?[=!]/.test(token)) return 'looks ahead or behind, which is not supported'
    if (token.startsWith('(')) {
      outer.push(current)
      current = { repeats: 0, chooses: false }
      closed = undefined
    } else if (token === ')') {
      closed = current
      current = outer.pop() ?? { repeats: 0, chooses: false }
      current.repeats += closed.repeats
      current.chooses ||= closed.chooses
    } else if (token === '|') {
      current.chooses = true
      closed = undefined
    } else if (/^(?:[*+?]|\{.+\})$/.test(token)) {
      if (closed && token !== '?' && (closed.repeats > 0 || closed.chooses)) {
        return 'repeats a group that itself repeats or chooses, which can run for ages'
      }
      if (token === '?') optionals += 1
      else if (!/^\{\d+\}$/.test(token)) repeats += 1
      current.repeats += /^\{\d+\}$/.test(token) ? 0 : 1
      closed = undefined
    } else {
      closed = undefined
    }
  }
  if (repeats > mostRepeats) return `has more than ${mostRepeats} open repeats, which can run for ages`
  if (optionals > mostOptionals) return `has more than ${mostOptionals} optional parts, which can run for ages`
  return undefined
}
