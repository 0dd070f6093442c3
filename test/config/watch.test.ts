import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { watchConfig } from '../../config/index.ts'
import { goodFiles, writeFolder } from './configuration.ts'

describe('watching a configuration', () => {
  let stop = new AbortController()
  beforeEach(() => {
    stop = new AbortController()
  })
  afterEach(() => stop.abort())

  it('reports saved and added YAML files once they are complete, several at once as one', async () => {
    const folder = await writeFolder({ 'shops/a.yaml': 'shops: []\n' })
    const onChange = vi.fn()
    await watchConfig(folder, onChange, stop.signal)

    await writeFile(path.join(folder, 'shops/a.yaml'), goodFiles['shops.yaml'] ?? '')
    await writeFile(path.join(folder, 'rules.yaml'), 'review: []\n')

    await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(1), { timeout: 5_000 })
  })

  it('is silent after the signal', async () => {
    const folder = await writeFolder()
    const onChange = vi.fn()
    const ended = new AbortController()
    const marker = vi.fn()
    await watchConfig(folder, onChange, ended.signal)
    await watchConfig(folder, marker, stop.signal)

    ended.abort()
    await writeFile(path.join(folder, 'rules.yaml'), 'review: []\n')

    await vi.waitFor(() => expect(marker).toHaveBeenCalled(), { timeout: 5_000 })
    expect(onChange).not.toHaveBeenCalled()
  })
})
