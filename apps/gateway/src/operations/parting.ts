import fp from 'fastify-plugin'

/**
 * While the process closes, every answer is the last on its connection: a connection that is kept would be waited for until
 * its client lets go of it.
 */
export const parting = fp(
  async (app) => {
    let isClosing = false
    app.addHook('preClose', async () => {
      isClosing = true
    })
    app.addHook('onSend', (_request, reply, _payload, done) => {
      if (isClosing) reply.header('connection', 'close')
      done()
    })
  },
  { name: 'parting' },
)
