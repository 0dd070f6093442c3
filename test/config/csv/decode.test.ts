import { describe, expect, it } from 'vitest'
import { decodeCsv } from '../../../config/index.ts'

describe('decoding', () => {
  it('reads UTF-8, UTF-16 and the Chinese encoding of spreadsheets', () => {
    const gb18030 = Uint8Array.from([0xc2, 0xeb, 0xcd, 0xb7])

    expect(decodeCsv(new TextEncoder().encode('码头'), 'p.csv')).toEqual({ text: '码头', encoding: 'UTF-8' })
    expect(decodeCsv(Uint8Array.from([0xff, 0xfe, 0x01, 0x78, 0x34, 0x59]), 'p.csv')).toEqual({ text: '码头', encoding: 'UTF-16' })
    expect(decodeCsv(Uint8Array.from([0xfe, 0xff, 0x78, 0x01, 0x59, 0x34]), 'p.csv')).toEqual({ text: '码头', encoding: 'UTF-16' })
    expect(decodeCsv(gb18030, 'p.csv')).toEqual({ text: '码头', encoding: 'GB 18030' })
  })

  it.each([
    ['a workbook', [0x50, 0x4b, 0x03, 0x04], 'p.csv is a workbook, not CSV: save it as "CSV UTF-8" and import that'],
    [
      'UTF-16 without its mark',
      [0x73, 0x00, 0x6b, 0x00],
      'p.csv is not text, or UTF-16 without a byte order mark: save it as "CSV UTF-8" and import that',
    ],
    ['what is no text', [0x61, 0xff], 'p.csv is neither UTF-8 nor GB 18030: save it as "CSV UTF-8" and import that'],
  ])('refuses %s, and says what to do', (_case, bytes, message) => {
    expect(() => decodeCsv(Uint8Array.from(bytes), 'p.csv')).toThrow(message)
  })
})
