import type { DestinationStream } from 'pino'
import type { Config } from '../config.ts'

/** Log lines for eyes, where somebody watches a terminal and pino-pretty is installed; else undefined, which is JSON. */
export async function openReadableOutput({ production }: Config): Promise<DestinationStream | undefined> {
  if (production || !process.stdout.isTTY) return undefined
  try {
    const { default: pretty } = await import('pino-pretty')
    return pretty({ colorize: true, singleLine: true, translateTime: 'SYS:HH:MM:ss.l' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return undefined
    throw error
  }
}
