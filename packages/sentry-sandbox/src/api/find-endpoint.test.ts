import { expect, test } from 'vitest'
import type { Endpoint } from './endpoint.ts'
import { createEndpointFinder } from './find-endpoint.ts'

const paths = [
  '/api/0/',
  '/api/0/users/me/',
  '/api/0/users/:user/',
  '/api/0/users/:user/posts/:post/',
  '/api/0/users/me/keys/',
]
const find = createEndpointFinder(paths.map((path): Endpoint => ({ path, isControlOnly: false, operations: {} })))

test.each([
  ['/api/0/', '/api/0/', {}],
  ['/api/0/users/me/', '/api/0/users/me/', {}],
  ['/api/0/users/7/', '/api/0/users/:user/', { user: '7' }],
  ['/api/0/users/me/posts/1/', '/api/0/users/:user/posts/:post/', { user: 'me', post: '1' }],
  ['/api/0/users/a%2Fb%20c/', '/api/0/users/:user/', { user: 'a/b c' }],
  ['/api/0/users/__proto__/', '/api/0/users/:user/', { user: '__proto__' }],
])('%s leads to %s', (path, expected, params) => {
  expect(find(path)).toMatchObject({ endpoint: { path: expected }, params })
})

test.each(['', '/', '/api/0', '/api/0/users/me', '/api/0/users//', '/api/0/users/%E0%A4%A/', '/api/0/users/me/posts/'])(
  '%j leads nowhere',
  (path) => {
    expect(find(path)).toBeNull()
  },
)
