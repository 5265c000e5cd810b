/** Where a sign-in ends that was begun without a wish. */
const DEFAULT_RETURN_PATH = '/auth/success'

const LONGEST = 512

/** Answers of the gateway itself, and pages that only make sense on the way in. */
const NOT_A_DESTINATION = /^\/(api|graphql|auth|login|healthz|readyz)(\/|$)/

/**
 * The path of ours that a `return_to` asks for, as the URL parser understands it, or the default for anything else. What
 * is compared is what a browser would open (RFC 9700 4.11), so no spelling of another site gets through.
 */
export function readReturnPath(returnTo: string | null, publicUrl: string): string {
  if (returnTo === null || returnTo.length > LONGEST || !isPlainPath(returnTo)) return DEFAULT_RETURN_PATH
  const url = URL.parse(returnTo, publicUrl)
  if (url === null || url.origin !== publicUrl || url.username !== '' || url.password !== '') return DEFAULT_RETURN_PATH
  // `/x/..//evil.example` is normalised to `//evil.example`, which a browser reads as another host.
  const path = `${url.pathname}${url.search}${url.hash}`
  return path.startsWith('//') || !isDestination(url.pathname) ? DEFAULT_RETURN_PATH : path
}

/** Compared as the router will read it: `/%61pi` is `/api`. */
function isDestination(pathname: string): boolean {
  try {
    return !NOT_A_DESTINATION.test(decodeURIComponent(pathname))
  } catch {
    // No text in any encoding: nothing of ours has such a path.
    return false
  }
}

/** One leading slash, printable ASCII, and no slash, backslash or control character in disguise. */
function isPlainPath(text: string): boolean {
  return /^\/(?![/\\])[!-~]*$/.test(text) && !/\\|%(2f|5c|0.|1.|7f)/i.test(text)
}
