import { GraphError } from './graph-error.ts'

const VERSION = 1

/** Whether a node of the kind belongs to an organization. A user is seen through one; the viewer's own stands alone. */
const belonging = {
  Viewer: 'never',
  User: 'sometimes',
  Organization: 'never',
  Project: 'always',
  Team: 'always',
  Member: 'always',
  Issue: 'always',
} as const

export type NodeKind = keyof typeof belonging

/** What an opaque id holds. Sentry's ids are unique inside a region at best, so the organization is part of it. */
export interface GlobalId {
  kind: NodeKind
  /** The organization's numeric id; null for what belongs to none. */
  organizationId: string | null
  /** Sentry's numeric id. */
  id: string
}

export function encodeGlobalId({ kind, organizationId, id }: GlobalId): string {
  return Buffer.from([VERSION, kind, organizationId ?? '', id].join(':')).toString('base64url')
}

/** @throws GraphError `BAD_USER_INPUT` for anything that `encodeGlobalId` did not make. */
export function decodeGlobalId(text: string): GlobalId {
  const globalId = text.length > 200 ? null : readGlobalId(Buffer.from(text, 'base64url').toString())
  // One spelling per id: a base64 decoder also accepts padding, other alphabets and trailing bits.
  if (globalId === null || encodeGlobalId(globalId) !== text) {
    throw new GraphError('BAD_USER_INPUT', 'This is no id of this graph. Ids are opaque: pass them on as you got them.')
  }
  return globalId
}

function readGlobalId(decoded: string): GlobalId | null {
  const [, kind = '', organizationId = '', id = ''] = /^1:([A-Za-z]+):(\d{0,20}):(\d{1,20})$/.exec(decoded) ?? []
  if (!isNodeKind(kind) || !fits(kind, organizationId)) return null
  return { kind, organizationId: organizationId === '' ? null : organizationId, id }
}

function isNodeKind(kind: string): kind is NodeKind {
  return Object.hasOwn(belonging, kind)
}

function fits(kind: NodeKind, organizationId: string): boolean {
  return belonging[kind] === 'sometimes' || (belonging[kind] === 'always') === (organizationId !== '')
}
