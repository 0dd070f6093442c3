import axios, { AxiosError } from 'axios'
import { describe, expect, test } from 'vitest'
import { axiosTransport } from '../../../connectors/shared/axios-transport.ts'
import { SyncError } from '../../../core/errors.ts'
import type { HttpRequest, HttpResponse, Transport } from '../../../core/ports/transport.ts'

function clientAnswering(answer: HttpResponse | Error) {
  const sent: HttpRequest[] = []
  const transport: Transport = {
    async send(request) {
      sent.push(request)
      if (answer instanceof Error) throw answer
      return answer
    },
  }
  return { sent, client: axios.create({ adapter: axiosTransport(transport, { timeoutMs: 1_234 }) }) }
}

const ok: HttpResponse = { status: 200, headers: { 'x-limit': '7' }, body: '{"id":"1"}' }

describe('the axios adapter over the transport', () => {
  test('sends method, full address with query, lower-case headers and JSON body', async () => {
    const { client, sent } = clientAnswering(ok)

    await client.post(
      '/orders',
      { a: 1 },
      { baseURL: 'https://api.example.com/v1', params: { state: 'open now' }, headers: { 'X-Key': 'k' } },
    )

    expect(sent[0]).toMatchObject({
      method: 'POST',
      url: 'https://api.example.com/v1/orders?state=open+now',
      body: '{"a":1}',
      timeoutMs: 1_234,
    })
    expect(sent[0]?.headers).toMatchObject({ 'x-key': 'k', 'content-type': 'application/json' })
  })

  test('sends a form as text and leaves out the content type of a request without body', async () => {
    const { client, sent } = clientAnswering(ok)

    await client.post('https://api.example.com/token', new URLSearchParams({ grant_type: 'refresh_token' }))
    await client.get('https://api.example.com/orders')

    expect(sent[0]?.body).toBe('grant_type=refresh_token')
    expect(sent[0]?.headers['content-type']).toContain('application/x-www-form-urlencoded')
    expect(sent[1]?.headers['content-type']).toBeUndefined()
  })

  test('turns the user and password of a request into basic authorization', async () => {
    const { client, sent } = clientAnswering(ok)

    await client.get('https://api.example.com/', { auth: { username: 'app', password: 'cert' } })

    expect(sent[0]?.headers['authorization']).toBe(`Basic ${Buffer.from('app:cert').toString('base64')}`)
  })

  test('gives the parsed answer with its headers', async () => {
    const { client } = clientAnswering(ok)

    const response = await client.get('https://api.example.com/')

    expect(response.data).toEqual({ id: '1' })
    expect(response.headers['x-limit']).toBe('7')
  })

  test('throws an AxiosError with the response when the status is not accepted', async () => {
    const { client } = clientAnswering({ status: 429, headers: { 'retry-after': '2' }, body: '{"error":"slow"}' })

    const refusal = await client.get('https://api.example.com/').catch((error: unknown) => error)

    expect(refusal).toBeInstanceOf(AxiosError)
    expect((refusal as AxiosError).response).toMatchObject({ status: 429, data: { error: 'slow' } })
  })

  test('lets the error of the transport through unchanged', async () => {
    const noAnswer = new SyncError('transient', 'no answer', { code: 'no-answer' })
    const { client } = clientAnswering(noAnswer)

    await expect(client.get('https://api.example.com/')).rejects.toBe(noAnswer)
  })

  test('hands on the signal of the request', async () => {
    const { client, sent } = clientAnswering(ok)
    const { signal } = new AbortController()

    await client.get('https://api.example.com/', { signal })

    expect(sent[0]?.signal).toBe(signal)
  })
})
