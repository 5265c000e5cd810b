import type { Config } from '../config.ts'

/** How long a client may take, in milliseconds. */
export interface ClientPatience {
  /** For what it wants, headers and body, from the first byte that could have come. */
  request: number
  /** Between two signs of life, either way. */
  silence: number
  /** How often connections are looked at; Node's own 30 s would let a slow one live for three times the limit. */
  inspectionInterval: number
}

/** A slow client is cut within 15 s. Silence includes the time we spend asking Sentry. */
export function clientPatience({ upstream }: Pick<Config, 'upstream'>): ClientPatience {
  const inspectionInterval = 1000
  const request = 15_000 - inspectionInterval
  return { request, silence: request + upstream.timeout, inspectionInterval }
}
