import { describe, expect, it } from 'vitest'
import { longestSubject, patternProblem } from '../../../core/rules/conditions/pattern.ts'

describe('a pattern', () => {
  it.each([
    '^US-',
    '^(?:US|UK)-(.+)$',
    '[a-z]+@[a-z]+',
    '(\\d{3})-(\\d{4})',
    'P\\.?O\\.? ?Box',
    '(?:ab)+c',
    '[(*+|]+',
    '\\p{L}+',
    '(?<code>A|B)X',
  ])('%s is taken', (source) => {
    expect(patternProblem(source)).toBeUndefined()
  })

  it.each([
    ['(a+)+$', 'repeats a group'],
    ['(a|aa)+$', 'repeats a group'],
    ['((a|b)c)*', 'repeats a group'],
    ['(a?){20}', 'repeats a group'],
    ['(?:x{1,9})*', 'repeats a group'],
    ['(a)\\1', 'refers back'],
    ['(?<n>a)\\k<n>', 'refers back'],
    ['^(?=.*x)', 'looks ahead'],
    ['(?<!a)b', 'looks ahead or behind'],
    ['.*a.*b.*c.*d', 'more than 3 open repeats'],
    ['a?b?c?d?e?f?g?h?i?', 'more than 8 optional parts'],
    ['[', 'is not a regular expression'],
  ])('%s is refused: it %s', (source, problem) => {
    expect(patternProblem(source)).toContain(problem)
  })

  it('that is taken does not keep the process busy, whatever the text', () => {
    const worst = /.*a.*b.*c$/u
    expect(patternProblem(worst.source)).toBeUndefined()

    const started = performance.now()
    worst.test('ab'.repeat(longestSubject / 2))

    expect(performance.now() - started).toBeLessThan(500)
  })
})
