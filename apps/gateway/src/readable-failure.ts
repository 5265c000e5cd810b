import { ConfigError } from './config.ts'
import { StartError } from './start-error.ts'

/** Runs a program to its end. What a person can put right is told in a few lines, with exit code 1. */
export async function runReadably(program: () => Promise<void>): Promise<void> {
  try {
    await program()
  } catch (error) {
    if (!(error instanceof StartError || error instanceof ConfigError)) throw error
    console.error(error.message)
    process.exit(1)
  }
}
