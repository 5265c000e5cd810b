import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Chromium } from './chromium.ts'
import { repositoryRoot, run } from './process.ts'

const PACKAGE = '@sparticuz/chromium@153.0.0'
const FOLDER = join(repositoryRoot, 'node_modules/.cache/packaged-chromium')

// The package unpacks its browser, and the system libraries a bare machine lacks, into TMPDIR when it believes to be
// on a serverless host. It is kept out of the lock file because only machines without any browser need its 70 MB.
const UNPACK = `import('@sparticuz/chromium').then(async ({ default: chromium }) => console.log(await chromium.executablePath()))`

/** A Chromium that ships inside an npm package, for Linux on x64; needs neither root nor any host but the npm registry. */
export async function packagedChromium(): Promise<Chromium | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null
  console.log(`▸ No Chromium here: taking the one inside the npm package ${PACKAGE}`)
  await mkdir(FOLDER, { recursive: true })
  await run('npm', ['install', '--prefix', FOLDER, '--no-save', '--no-audit', '--no-fund', PACKAGE])
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', UNPACK], {
    cwd: FOLDER,
    env: { ...process.env, TMPDIR: FOLDER, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' },
  })
  return {
    executablePath: stdout.trim(),
    env: { LD_LIBRARY_PATH: join(FOLDER, 'al2023', 'lib'), FONTCONFIG_PATH: join(FOLDER, 'fonts') },
  }
}
