import { asksSentry, type CallPlan, findsByIds, type FoundNodes } from './call-plan.ts'
import { decodeGlobalId, type GlobalId, type NodeKind } from './global-id.ts'
import { GraphError } from './graph-error.ts'

/** How nodes of a kind are found by their ids: all of them in one call, those of one organization, or each by itself. */
interface NodeCall {
  endpoint: string
  foundTogether: 'all' | 'organization' | 'none'
}

/** Null for what the gateway itself knows. */
const nodeCalls: Record<NodeKind, NodeCall | null> = {
  Viewer: null,
  Organization: { endpoint: 'GET organizations/', foundTogether: 'all' },
  Project: { endpoint: 'GET organizations/{org}/projects/', foundTogether: 'organization' },
  Team: { endpoint: 'GET organizations/{org}/teams/', foundTogether: 'organization' },
  Member: { endpoint: 'GET organizations/{org}/members/{member}/', foundTogether: 'none' },
  Issue: { endpoint: 'GET organizations/{org}/issues/', foundTogether: 'organization' },
  Event: { endpoint: 'GET organizations/{org}/eventids/{event}/', foundTogether: 'none' },
  Monitor: { endpoint: 'GET organizations/{org}/monitors/{monitor}/', foundTogether: 'none' },
  Replay: { endpoint: 'GET organizations/{org}/replays/{replay}/', foundTogether: 'none' },
  Alert: { endpoint: 'GET organizations/{org}/workflows/', foundTogether: 'organization' },
  Release: { endpoint: 'GET organizations/{org}/releases/{version}/', foundTogether: 'none' },
  User: { endpoint: 'GET organizations/{org}/members/', foundTogether: 'organization' },
}

/** The `extensions` of a field that finds nodes by the ids that `idsOf` takes from its arguments. */
export function findsNodes(idsOf: (args: Readonly<Record<string, unknown>>) => readonly unknown[]) {
  const read = (args: Readonly<Record<string, unknown>>) => idsOf(args).flatMap((id) => readId(id) ?? [])
  return { ...asksSentry(...plansOf(read)), ...findsByIds((args) => countNodes(read(args))) }
}

function plansOf(read: (args: Readonly<Record<string, unknown>>) => GlobalId[]): CallPlan[] {
  return Object.entries(nodeCalls).flatMap(([kind, call]) =>
    call === null
      ? []
      : {
          endpoint: call.endpoint,
          serves: 'parent' as const,
          calls: (args) => read(args).flatMap((id) => (id.kind === kind ? callFor(id, call) : [])),
        },
  )
}

function callFor({ kind, organizationId, id }: GlobalId, { foundTogether }: NodeCall): string[] {
  if (kind === 'User' && organizationId === null) return []
  if (foundTogether === 'all') return [kind]
  return [[kind, organizationId, ...(foundTogether === 'none' ? [id] : [])].join(':')]
}

function countNodes(ids: readonly GlobalId[]): FoundNodes[] {
  return [...Map.groupBy(ids, ({ kind }) => kind)].map(([kind, ofKind]) => ({
    kind,
    nodes: ofKind.length,
    organizations: new Set(ofKind.map(({ organizationId }) => organizationId)).size,
  }))
}

/** Null for what is no id: finding it fails without a call. */
function readId(text: unknown): GlobalId | null {
  try {
    return decodeGlobalId(String(text))
  } catch (error) {
    if (error instanceof GraphError) return null
    throw error
  }
}
