import { glob, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { repositoryRoot, run } from './process.ts'

const SOURCES = ['pnpm-lock.yaml', 'apps/dashboard/{src,public}/**/*.*', 'apps/dashboard/*.{html,json,ts}']
const RESULT = 'apps/dashboard/dist/index.html'

/** Builds the dashboard into apps/dashboard/dist unless what is there is newer than everything it is made from. */
export async function buildDashboard(): Promise<void> {
  const [built, changed] = await Promise.all([modifiedAt(RESULT), newestSource()])
  if (built > changed) {
    console.log('▸ The built dashboard is current')
    return
  }
  console.log('▸ Building the dashboard')
  await run('pnpm', ['build'])
}

async function newestSource(): Promise<number> {
  let newest = 0
  for await (const file of glob(SOURCES, { cwd: repositoryRoot })) newest = Math.max(newest, await modifiedAt(file))
  return newest
}

/** Milliseconds since the epoch; 0 for a file that does not exist. */
async function modifiedAt(file: string): Promise<number> {
  const stats = await stat(join(repositoryRoot, file)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  return stats?.mtimeMs ?? 0
}
