import { createHash } from 'node:crypto'

/** Collects what leaves a gateway and looks for secrets in it. */
export interface SecretScan {
  /** Something that may be seen nowhere, and what it is. What is shorter than 16 characters is nobody's secret. */
  know(kind: string, secret: string | null | undefined): void
  /** What the store keeps of secrets that are not known otherwise: hashes of 256 random bits. */
  knowHashes(kind: string, hashes: readonly string[]): void
  /** Something that anybody may get to see, and where. */
  see(place: string, text: string): void
  /** Throws an error that names the kind of each secret that was seen, and the place; never the secret. */
  finish(): void
}

const shortest = 16

/** What a secret of ours looks like whose hash alone is known. */
const likeSecrets = /(?<![\w-])[\w-]{43}(?![\w-])/g

/** The first exception: the `state` in the address at which a browser is sent to Sentry, which is that browser's. */
const ownState = /(\/oauth\/authorize\/\?[^"\s]*?\bstate=)[\w-]+/g

/** The second: what opens a client session, in the answer to whoever has just made it or was signed in as a device, and there once. */
const ownClientValue = /(?<=(?:"createClientSession":.*|"cookieName":"[^"]*",)"value":")sgc_[\w-]{43}(?=")/g

export function createSecretScan(): SecretScan {
  const secrets = new Map<string, string>()
  const hashes = new Map<string, string>()
  const seen = new Map<string, Set<string>>()
  const told = new Set<string>()

  return {
    know(kind, secret) {
      if (secret && secret.length >= shortest) secrets.set(secret, kind)
    },
    knowHashes(kind, known) {
      for (const hash of known) hashes.set(hash, kind)
    },
    see(place, text) {
      const texts = seen.get(place) ?? new Set()
      seen.set(place, texts.add(text.replaceAll(ownState, '$1').replaceAll(ownClientValue, tellOnce)))
    },
    finish() {
      const leaks = [...seen].flatMap(([place, texts]) => {
        const everything = [...texts].join('\n')
        return [...findKnown(everything), ...findHashed(everything)].map((kind) => `${kind} in ${place}`)
      })
      seen.clear()
      if (leaks.length > 0) throw new Error(`Secrets in clear: ${[...new Set(leaks)].join(', ')}`)
    },
  }

  function tellOnce(value: string): string {
    if (told.has(value)) return value
    told.add(value)
    return ''
  }

  function findKnown(text: string): string[] {
    return [...secrets].filter(([secret]) => spellings(secret).some((spelling) => text.includes(spelling))).map(kindOf)
  }

  function findHashed(text: string): string[] {
    if (hashes.size === 0) return []
    const candidates = new Set(text.match(likeSecrets))
    return [...candidates].flatMap((candidate) => hashes.get(hashOf(candidate)) ?? [])
  }
}

function kindOf([, kind]: [secret: string, kind: string]): string {
  return kind
}

/** As it is, and as it would stand in an address, in JSON, in hex and in either base64. */
function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret)
  return [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    bytes.toString('hex'),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
  ]
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
