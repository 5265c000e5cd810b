import type { DatabaseLocation } from './database/open.ts'
import type { RefreshRequest } from './refresh.ts'
import { openSessionStore } from './store.ts'

/** A process that claims a refresh, tells how that went, and then does nothing until it is killed. */
const { location, request } = JSON.parse(process.argv[2] ?? '') as {
  location: DatabaseLocation
  request: RefreshRequest
}
const store = await openSessionStore({
  ...location,
  secrets: ['a sealing secret of more than thirty-two characters'],
  idleTtl: 3_600,
  absoluteTtl: 86_400,
})
const { outcome } = await store.claimRefresh(request)
process.send?.(outcome)
