const channel = 'sentry-graph:session'

/** Ends the session, or all of the person's, at the gateway and tells the other tabs. Rejects when it did not confirm that. */
export async function signOut({ everywhere } = { everywhere: false }): Promise<void> {
  const response = await fetch(`/api/auth/logout${everywhere ? '?everywhere=1' : ''}`, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'graphql-require-preflight': '1', accept: 'application/json' },
  })
  // 401: there was no session any more, which is what was wanted.
  if (!response.ok && response.status !== 401) throw new SignOutError(response.status)
  tellOtherTabs()
}

/** The gateway answered, but not that the session is over. */
class SignOutError extends Error {
  override readonly name = 'SignOutError'
  readonly status: number

  constructor(status: number) {
    super(`Signing out was answered with status ${status}`)
    this.status = status
  }
}

/** Calls `onSignedOut` when another tab of this browser has signed out; for the life of the page. */
export function followSignOutOfOtherTabs(onSignedOut: () => void): void {
  new BroadcastChannel(channel).addEventListener('message', onSignedOut)
}

/** A fresh document: nothing of the former person stays in memory. */
export function leaveForLogin(): void {
  location.replace('/login')
}

function tellOtherTabs(): void {
  const sender = new BroadcastChannel(channel)
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel reaches its own origin alone
  sender.postMessage('signed-out')
  sender.close()
}
