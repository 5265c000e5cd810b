import { once } from 'node:events'
import { connect } from 'node:net'

/** Sends bytes as they are, which no HTTP client would, and returns the status; null when the server only hung up. */
export async function sendRaw(origin: string, bytes: string): Promise<number | null> {
  const { hostname, port } = new URL(origin)
  const socket = connect(Number(port), hostname)
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  socket.on('error', (error) => chunks.push(Buffer.from(`\n${error.message}`)))
  socket.write(Buffer.from(bytes, 'latin1'))
  await once(socket, 'close')
  const status = /^HTTP\/1\.1 (\d{3})/.exec(Buffer.concat(chunks).toString('latin1'))?.[1]
  return status === undefined ? null : Number(status)
}
