import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { SealedValueError } from './errors.ts'

/** Where a sealed value belongs. It opens nowhere else: the place is the associated data of its encryption. */
export interface SealedPlace {
  table: string
  column: string
  grantId: string
  userId: string
}

/** Seals values for rows and opens them again. */
export interface Sealing {
  /** What everything begins with that is sealed from now on. */
  readonly prefix: string
  /** `v1.<keyId>.<nonce>.<ciphertext>.<tag>`, the last three in base64url. */
  seal(value: string, place: SealedPlace): string
  /** Throws SealedValueError when the envelope is damaged, of an unknown key, or from another place. */
  open(envelope: string, place: SealedPlace): string
}

interface SealingKey {
  id: string
  /** Bytes would be made into one again for every value, which takes longer than to decrypt it. */
  key: KeyObject
}

interface Envelope {
  keyId: string
  nonce: Buffer
  ciphertext: Buffer
  tag: Buffer
}

const cipher = 'aes-256-gcm'
const version = 'v1'
const keyLength = 32
const nonceLength = 12
const tagLength = 16
const purpose = 'sentry-graph session-store token sealing v1'

/** AES-256-GCM under keys derived from `secrets`: the first seals, all open. Throws TypeError without a secret. */
export function createSealing(secrets: readonly string[]): Sealing {
  const keys = secrets.map(deriveKey)
  const [first] = keys
  if (first === undefined) throw new TypeError('At least one secret is needed to seal tokens')
  return {
    prefix: `${version}.${first.id}.`,
    seal: (value, place) => seal(first, value, place),
    open: (envelope, place) => open(keys, envelope, place),
  }
}

/** HKDF (RFC 5869) with a label of its own, so that no other use of the same secret yields this key. */
function deriveKey(secret: string): SealingKey {
  const key = Buffer.from(hkdfSync('sha256', secret, '', purpose, keyLength))
  const id = createHash('sha256').update('key id').update(key).digest('base64url').slice(0, 11)
  return { id, key: createSecretKey(key) }
}

function seal({ id, key }: SealingKey, value: string, place: SealedPlace): string {
  const nonce = randomBytes(nonceLength)
  const encryption = createCipheriv(cipher, key, nonce, { authTagLength: tagLength })
  encryption.setAAD(associatedData(place))
  const ciphertext = Buffer.concat([encryption.update(value, 'utf8'), encryption.final()])
  const parts = [nonce, ciphertext, encryption.getAuthTag()].map((part) => part.toString('base64url'))
  return [version, id, ...parts].join('.')
}

function open(keys: readonly SealingKey[], text: string, place: SealedPlace): string {
  const envelope = readEnvelope(text)
  const sealingKey = keys.find(({ id }) => id === envelope.keyId)
  if (sealingKey === undefined) throw new SealedValueError('unknown_key')
  const decryption = createDecipheriv(cipher, sealingKey.key, envelope.nonce, { authTagLength: tagLength })
  decryption.setAAD(associatedData(place))
  decryption.setAuthTag(envelope.tag)
  try {
    return Buffer.concat([decryption.update(envelope.ciphertext), decryption.final()]).toString('utf8')
  } catch (error) {
    throw new SealedValueError('not_authentic', { cause: error })
  }
}

function readEnvelope(text: string): Envelope {
  const [head, keyId, nonceText, ciphertextText, tagText, ...rest] = text.split('.')
  if (head !== version || keyId === undefined || rest.length > 0) throw new SealedValueError('malformed')
  const nonce = decode(nonceText)
  const ciphertext = decode(ciphertextText)
  const tag = decode(tagText)
  if (nonce.length !== nonceLength || tag.length !== tagLength) throw new SealedValueError('malformed')
  return { keyId, nonce, ciphertext, tag }
}

/** Buffer skips what is not base64url; only the one spelling that encoding gives back is taken. */
function decode(text: string | undefined): Buffer {
  const bytes = Buffer.from(text ?? '', 'base64url')
  if (bytes.toString('base64url') !== text) throw new SealedValueError('malformed')
  return bytes
}

function associatedData({ table, column, grantId, userId }: SealedPlace): Buffer {
  return Buffer.from(JSON.stringify([table, column, grantId, userId]))
}
