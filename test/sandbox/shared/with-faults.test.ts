import { describe, expect, it } from 'vitest'
import { instantFromMs } from '../../../core/value/instant.ts'
import type { FaultKind } from '../../../sandbox/faults.ts'
import { createFaultSwitch } from '../../../sandbox/shared/fault-switch.ts'
import { disturbPage } from '../../../sandbox/shared/page-faults.ts'
import { brokenAnswerOf, json } from '../../../sandbox/shared/respond.ts'
import { withFaults } from '../../../sandbox/shared/with-faults.ts'

async function exchangeWith(kind: FaultKind) {
  const faults = createFaultSwitch(1)
  faults.set([{ kind }])
  const refused: number[] = []
  let executions = 0
  const response = await withFaults({
    operation: 'orders',
    faults,
    now: () => instantFromMs(Date.parse('2026-11-24T10:00:00Z')),
    execute: () => {
      executions += 1
      return json({ orders: ['a', 'b', 'c'] })
    },
    refused: (status) => refused.push(status),
    throttled: () => ({ errors: 'slow down' }),
    errorBody: () => ({ errors: ['broken'] }),
  })
  return { response, executions, refused, text: await response.clone().text(), broken: brokenAnswerOf(response) }
}

describe('a request with faults', () => {
  it.each([
    ['H1-429-seconds', '2'],
    ['H2-429-date', 'Tue, 24 Nov 2026 10:00:02 GMT'],
    ['H3-429-bare', null],
    ['H4-429-absurd', '1000000000'],
  ] as const)('%s refuses it with 429 and Retry-After %s', async (kind, retryAfter) => {
    const { response, executions, refused, text } = await exchangeWith(kind)

    expect(response.status).toBe(429)
    expect(response.headers.get('retry-after')).toBe(retryAfter)
    expect(text).toBe('{"errors":"slow down"}')
    expect(executions).toBe(0)
    expect(refused).toEqual([429])
  })

  it('H5-5xx-before does not execute it, H5-5xx-after does', async () => {
    const before = await exchangeWith('H5-5xx-before')
    const after = await exchangeWith('H5-5xx-after')

    expect([before.response.status, before.executions]).toEqual([503, 0])
    expect([after.response.status, after.executions]).toEqual([502, 1])
  })

  it.each([
    ['H6-timeout-before', 'hang', 0],
    ['H6-timeout-after', 'hang', 1],
    ['H16-never-answered', 'hang', 1],
    ['H7-reset-after', 'reset', 1],
  ] as const)('%s breaks the answer: %s, executed %i times', async (kind, how, times) => {
    const { broken, executions } = await exchangeWith(kind)

    expect(broken).toBe(how)
    expect(executions).toBe(times)
  })

  it('H6-timeout-before is logged as a request without any answer', async () => {
    expect((await exchangeWith('H6-timeout-before')).refused).toEqual([0])
  })

  it('H8-truncated-json executes it and cuts the answer in the middle, with 200', async () => {
    const { response, executions, text } = await exchangeWith('H8-truncated-json')

    expect([response.status, executions]).toEqual([200, 1])
    expect(text).toBe('{"orders":["')
  })

  it('H9-html-200 executes it and answers a web page', async () => {
    const { response, executions } = await exchangeWith('H9-html-200')

    expect([response.status, executions]).toEqual([200, 1])
    expect(response.headers.get('content-type')).toContain('text/html')
  })

  it("H17-200-error-body executes it and answers the platform's own error body", async () => {
    const { response, executions, text } = await exchangeWith('H17-200-error-body')

    expect([response.status, executions]).toEqual([200, 1])
    expect(text).toBe('{"errors":["broken"]}')
  })

  it('hands the faults of pages to the platform and leaves the answer alone', async () => {
    const faults = createFaultSwitch(1)
    faults.set([{ kind: 'G1-duplicate' }, { kind: 'G2-reordered' }])

    const response = await withFaults({
      operation: 'orders',
      faults,
      now: () => instantFromMs(0),
      execute: (drawn) => json(disturbPage([1, 2, 3], drawn)),
    })

    expect(await response.json()).toEqual([1, 3, 2, 1])
  })
})
