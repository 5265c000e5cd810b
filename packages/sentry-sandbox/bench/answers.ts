import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { fileURLToPath } from 'node:url'
import { Pool } from 'undici'

// How many answers a second the sandbox gives on one core: the server is a process of its own, this one only asks.

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '32' },
  },
})
const seconds = Number(values.seconds)
const connections = Number(values.connections)

const paths = [
  '/api/0/',
  '/api/0/organizations/',
  '/api/0/organizations/paperboat/projects/',
  '/api/0/organizations/northstar-retail/projects/?query=id:1',
  '/api/0/organizations/northstar-retail/projects/?per_page=100',
  '/api/0/organizations/northstar-retail/projects/?all_projects=1',
  '/api/0/organizations/northstar-retail/issues/?project=-1&limit=25',
]

/** Starts the sandbox and signs the owner of 400 projects in. */
async function startServer(): Promise<{ url: string; token: string; stop: () => void }> {
  const server = spawn(process.execPath, [fileURLToPath(new URL('server.ts', import.meta.url))], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const [ready] = (await once(server, 'message')) as [{ url: string; token: string }]
  return { ...ready, stop: () => server.kill() }
}

/** Asks for the path over and over on all connections until time is up; answers per second. */
async function measure(url: string, path: string, token: string): Promise<number> {
  const pool = new Pool(url, { connections })
  const until = performance.now() + seconds * 1000
  let answers = 0
  const ask = async () => {
    while (performance.now() < until) {
      const { statusCode, body } = await pool.request({
        path,
        method: 'GET',
        headers: { authorization: `Bearer ${token}` },
      })
      if (statusCode !== 200) throw new Error(`${path} answered ${statusCode}`)
      await body.dump({ limit: Infinity })
      answers += 1
    }
  }
  await Promise.all(Array.from({ length: connections }, ask))
  await pool.close()
  return answers / seconds
}

const { url, token, stop } = await startServer()
for (const path of paths) {
  await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } })
  console.log(
    `${Math.round(await measure(url, path, token))
      .toString()
      .padStart(7)} answers/s  ${path}`,
  )
}
stop()
