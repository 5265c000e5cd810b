import type { FastifyInstance } from 'fastify'
import { StartError } from '../start-error.ts'

/** Listens. Throws StartError when the port belongs to another process or is not for us. */
export async function listen(app: FastifyInstance, { host, port }: { host: string; port: number }): Promise<void> {
  try {
    await app.listen({ host, port })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const advice = 'Set PORT to another one, here or in .env.'
    if (code === 'EADDRINUSE') throw new StartError(`Port ${port} is in use. ${advice}`, { cause: error })
    if (code === 'EACCES')
      throw new StartError(`Port ${port} may not be used by this user. ${advice}`, { cause: error })
    throw error
  }
}
