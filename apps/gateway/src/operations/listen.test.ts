import { once } from 'node:events'
import { createServer, type AddressInfo, type Server } from 'node:net'
import fastify from 'fastify'
import { afterEach, expect, test } from 'vitest'
import { StartError } from '../start-error.ts'
import { listen } from './listen.ts'

const taken: Server[] = []
const app = () => fastify()

afterEach(async () => {
  for (const server of taken.splice(0)) {
    server.close()
    await once(server, 'close')
  }
})

async function take(host: string, port = 0): Promise<number> {
  const server = createServer().listen({ host, port, ipv6Only: true })
  await once(server, 'listening')
  taken.push(server)
  return (server.address() as AddressInfo).port
}

test.each(['127.0.0.1', '::1'])('a port that is taken on %s alone is in use', async (address) => {
  const port = await take(address)
  const gateway = app()
  const refusal = listen(gateway, { host: 'localhost', port })
  await expect(refusal).rejects.toThrow(StartError)
  await expect(refusal).rejects.toThrow(`Port ${port} is in use. Set PORT to another one, here or in .env.`)
  expect(gateway.addresses()).toEqual([])
})

test('without this check the other address would be enough', async () => {
  const gateway = app()
  await gateway.listen({ host: 'localhost', port: await take('::1') })
  expect(gateway.addresses()).toEqual([expect.objectContaining({ address: '127.0.0.1' })])
  await gateway.close()
})

test('a free port is listened to on every address', async () => {
  const gateway = app()
  await listen(gateway, { host: 'localhost', port: 0 })
  expect(gateway.addresses().length).toBeGreaterThan(0)
  await gateway.close()
})

test.each(['192.0.2.1', 'nowhere.invalid'])('HOST=%s is refused in one sentence', async (host) => {
  const gateway = app()
  await expect(listen(gateway, { host, port: 0 })).rejects.toThrow(
    new StartError(`HOST is ${host}, which is no name or address of this machine.`),
  )
  await gateway.close()
})
