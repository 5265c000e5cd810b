/** A browser that keeps the sandbox's cookie and follows no redirect by itself. */
export interface Browser {
  get(path: string): Promise<Response>
  submit(path: string, fields: Record<string, string>): Promise<Response>
}

export function openBrowser(origin: string): Browser {
  let cookie = ''
  const send = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(new URL(path, origin), { redirect: 'manual', ...init, headers: { cookie } })
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie
    return response
  }
  return {
    get: (path) => send(path),
    submit: (path, fields) => send(path, { method: 'POST', body: new URLSearchParams(fields) }),
  }
}

/** The value of a hidden field of a page. */
export function readField(page: string, name: string): string {
  const value = new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1]
  if (value === undefined) throw new Error(`The page has no field ${name}`)
  return value.replaceAll('&amp;', '&')
}
