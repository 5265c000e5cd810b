import { once } from 'node:events'
import { createServer } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { StartError } from '../start-error.ts'

/** What browsers take `localhost` for, whatever the system's list of hosts says (RFC 6761 6.3). */
const loopbackAddresses = ['127.0.0.1', '::1']

const ADVICE = 'Set PORT to another one, here or in .env.'

/**
 * Listens on every address of the host. Throws StartError when the port belongs to another process, on one of them alone
 * too, when it is not for us, and when the host is not of this machine.
 */
export async function listen(app: FastifyInstance, { host, port }: { host: string; port: number }): Promise<void> {
  try {
    await app.listen({ host, port })
    await refuseTakenAddresses(app, host, port)
  } catch (error) {
    throw describe(error, host, port)
  }
}

/**
 * Fastify is content with one of the addresses that `localhost` has, whatever keeps it from the others. One that another
 * process has would show people that one's pages under our name; one that this machine lacks does no harm.
 */
async function refuseTakenAddresses(app: FastifyInstance, host: string, port: number): Promise<void> {
  if (host !== 'localhost') return
  for (const address of loopbackAddresses) {
    if (isBound(app, address)) continue
    try {
      await tryAddress(address, port)
    } catch (error) {
      if (codeOf(error) !== 'EADDRINUSE') continue
      await app.close()
      throw error
    }
  }
}

function isBound(app: FastifyInstance, address: string): boolean {
  return app.addresses().some((bound) => typeof bound === 'object' && bound.address === address)
}

async function tryAddress(address: string, port: number): Promise<void> {
  const server = createServer().listen({ host: address, port, ipv6Only: true })
  await once(server, 'listening')
  server.close()
  await once(server, 'close')
}

function describe(error: unknown, host: string, port: number): unknown {
  const options = { cause: error }
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return new StartError(`Port ${port} is in use. ${ADVICE}`, options)
    case 'EACCES':
      return new StartError(`Port ${port} may not be used by this user. ${ADVICE}`, options)
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EADDRNOTAVAIL':
      return new StartError(`HOST is ${host}, which is no name or address of this machine.`, options)
    default:
      return error
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code
}
