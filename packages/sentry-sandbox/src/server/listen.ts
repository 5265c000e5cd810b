import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** A port that somebody else uses. */
export class PortInUseError extends Error {
  override readonly name = 'PortInUseError'
  readonly code = 'port_in_use'
  readonly port: number

  constructor(port: number, cause: unknown) {
    super(`Port ${port} is in use. Set SANDBOX_PORT to another one: the sandbox takes it and the two after it.`, {
      cause,
    })
    this.port = port
  }
}

/**
 * Listens, and says at which origin.
 *
 * @throws {PortInUseError}
 */
export async function listen(app: FastifyInstance, host: string, port: number): Promise<string> {
  try {
    await app.listen({ host, port })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') throw new PortInUseError(port, error)
    throw error
  }
  const { port: boundPort } = app.server.address() as AddressInfo
  return `http://${host.includes(':') ? `[${host}]` : host}:${boundPort}`
}
