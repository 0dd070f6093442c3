import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { SyncError } from '../core/errors.ts'
import { canonicalJson, toJson } from './json.ts'

/** Where a sealed value stands. It is bound to the place: moved to another row it cannot be opened. */
export interface Place {
  readonly table: string
  readonly column: string
  readonly rowKey: string
}

export interface Cipher {
  readonly keyId: string
  seal(place: Place, value: unknown): Buffer
  /** Throws SyncError `invalid-data` (`sealed-data-unreadable`) when the bytes were changed or sealed with another key. */
  open(place: Place, sealed: Uint8Array): unknown
  /** Equal values have equal fingerprints; without the key it tells nothing about the value. */
  fingerprint(value: unknown): string
}

const algorithm = 'aes-256-gcm'
const formatVersion = 1
const ivLength = 12
const tagLength = 16

/** Reads the key of the configuration. Throws SyncError `config` (`key-invalid`) unless it is 32 bytes in base64. */
export function parseKey(base64: string): Buffer {
  const text = base64.trim()
  const key = Buffer.from(text, 'base64')
  if (!/^[A-Za-z0-9+/]{43}=$/.test(text) || key.length !== 32) {
    throw new SyncError('config', 'the privacy key is not 32 bytes in base64 (44 signs that end with "="); make one with `npm run init`', {
      code: 'key-invalid',
    })
  }
  return key
}

/**
 * AES-256-GCM. A sealed value is: format version (1 byte), length of the key id (1 byte), key id,
 * initialization vector (12 bytes), tag (16 bytes), ciphertext of the JSON text.
 */
export function createCipher(key: Buffer, keyId: string = keyIdOf(key)): Cipher {
  if (key.length !== 32) throw new SyncError('config', 'the privacy key is not 32 bytes long', { code: 'key-invalid' })
  // A key object is prepared once; raw bytes would be prepared anew for each value, which takes four times as long.
  const secret = createSecretKey(key)
  const header = Buffer.concat([Buffer.from([formatVersion, Buffer.byteLength(keyId)]), Buffer.from(keyId)])
  const fingerprintKey = Buffer.from(hkdfSync('sha256', key, '', 'quayside fingerprint', 32))
  return {
    keyId,
    seal(place, value) {
      const iv = randomBytes(ivLength)
      const cipher = createCipheriv(algorithm, secret, iv).setAAD(associatedData(place, header))
      const body = Buffer.concat([cipher.update(toJson(value), 'utf8'), cipher.final()])
      return Buffer.concat([header, iv, cipher.getAuthTag(), body])
    },
    open(place, sealed) {
      try {
        return openSealed(secret, header, place, Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength))
      } catch (cause) {
        throw unreadable(place, keyId, cause)
      }
    },
    fingerprint: (value) => createHmac('sha256', fingerprintKey).update(canonicalJson(value)).digest('hex'),
  }
}

function openSealed(key: KeyObject, header: Buffer, place: Place, sealed: Buffer): unknown {
  if (!sealed.subarray(0, header.length).equals(header)) throw new Error('another format version or key id')
  const bodyStart = header.length + ivLength + tagLength
  const iv = sealed.subarray(header.length, header.length + ivLength)
  const decipher = createDecipheriv(algorithm, key, iv, { authTagLength: tagLength })
    .setAAD(associatedData(place, header))
    .setAuthTag(sealed.subarray(header.length + ivLength, bodyStart))
  return JSON.parse(decipher.update(sealed.subarray(bodyStart), undefined, 'utf8') + decipher.final('utf8'))
}

function associatedData(place: Place, header: Buffer): Buffer {
  return Buffer.concat([header, Buffer.from(JSON.stringify([place.table, place.column, place.rowKey]))])
}

function keyIdOf(key: Buffer): string {
  return createHash('sha256').update('quayside key id').update(key).digest('hex').slice(0, 8)
}

function unreadable(place: Place, keyId: string, cause: unknown): SyncError {
  const where = `${place.table}.${place.column} of ${place.rowKey}`
  return new SyncError('invalid-data', `${where} cannot be decrypted: it was changed outside, or sealed with another key than ${keyId}`, {
    code: 'sealed-data-unreadable',
    context: { ...place, keyId },
    cause,
  })
}
