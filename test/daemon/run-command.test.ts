import { describe, expect, it } from 'vitest'
import type { Config } from '../../config/index.ts'
import { silentLog } from '../../daemon/log.ts'
import { withDatabase } from '../../daemon/run-command.ts'
import type { OpenStorage } from '../../storage/index.ts'
import { testKey } from '../storage/test-key.ts'

const config = { database: { url: 'sqlite::memory:' }, privacy: { key: testKey.toString('base64') } } as Config

describe('a command that needs the database', () => {
  it.each(['works', 'fails'])('leaves no connection open when its work %s', async (outcome) => {
    let opened: OpenStorage | undefined
    const working = withDatabase(config, silentLog, async (storage) => {
      opened = storage
      if (outcome === 'fails') throw new Error('the query failed')
      return 'read'
    })

    if (outcome === 'fails') await expect(working).rejects.toThrow('the query failed')
    else expect(await working).toBe('read')

    await expect(opened?.read((stores) => stores.lanes.all())).rejects.toMatchObject({ code: 'storage-closed' })
  })
})
