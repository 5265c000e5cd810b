import { keepDevelopmentSecret } from './development-secret.ts'

/** A process that starts on a data folder when told to, and tells the secret it has found there. */
process.once('message', (dataDir: string) => process.send?.(keepDevelopmentSecret(dataDir)))
process.send?.('ready')
