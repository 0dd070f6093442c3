import { SyncError } from '../../core/errors.ts'

export interface DecodedCsv {
  readonly text: string
  readonly encoding: 'UTF-8' | 'UTF-16' | 'GB 18030'
}

/**
 * The text of a CSV file: UTF-8, or UTF-16 with its mark, or GB 18030, in which spreadsheets save where the system's
 * language is Chinese. Throws `config` (`csv-encoding`) for anything else: what is guessed wrong would be stored wrong.
 */
export function decodeCsv(bytes: Uint8Array, file: string): DecodedCsv {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) throw notCsv(`${file} is a workbook, not CSV: save it as "CSV UTF-8" and import that`)
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'UTF-16' }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: new TextDecoder('utf-16be').decode(bytes), encoding: 'UTF-16' }
  if (bytes.includes(0)) throw notCsv(`${file} is not text, or UTF-16 without a byte order mark: save it as "CSV UTF-8" and import that`)
  const text = decoded(bytes, 'utf-8')
  if (text !== undefined) return { text, encoding: 'UTF-8' }
  const chinese = decoded(bytes, 'gb18030')
  if (chinese === undefined) throw notCsv(`${file} is neither UTF-8 nor GB 18030: save it as "CSV UTF-8" and import that`)
  return { text: chinese, encoding: 'GB 18030' }
}

function decoded(bytes: Uint8Array, encoding: 'utf-8' | 'gb18030'): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return undefined
  }
}

function notCsv(message: string): SyncError {
  return new SyncError('config', message, { code: 'csv-encoding' })
}
