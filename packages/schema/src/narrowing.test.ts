import { isObjectType, parse, validate } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, type Asker, type Graph, startGraph } from '../test/graph.ts'
import { createKnownTexts } from '../test/known-texts.ts'
import { type Question, walkMutations, walkQueries } from '../test/schema-walk.ts'
import { encodeGlobalId } from './global-id.ts'
import { schema } from './schema.ts'
import type { SessionActions } from './session-actions.ts'

interface Organization {
  id: string
  slug: string
  name: string
}

const AT_ONCE = 8
const PATIENCE = 300_000
/** Root fields behind which everything lies. */
const entrances = ['viewer', 'organization', 'rateLimit', 'gateway']

const scopes = ['org:read', 'project:read', 'team:read', 'member:read', 'event:read', 'event:write']
const generous = { scopes, budget: 10_000, timeout: 60_000, fresh: true }

let graph: Graph
let own: Organization
let others: Organization[]
/** What is to be known of an organization that the session is not narrowed to, by whoever wants to reach it. */
const foreign = createKnownTexts()

beforeAll(async () => {
  graph = await startGraph({ rateLimit: false })
  const organizations: Organization[] = await graph.wire('mira', 'organizations/')
  const found = organizations.find(({ slug }) => slug === 'lumen-freight')
  if (!found || organizations.length < 3) throw new Error('Mira has three organizations')
  own = found
  others = organizations.filter(({ id }) => id !== own.id)
  await exploreForeign('kleinwerk')
}, PATIENCE)

afterAll(() => graph.close())

/** Learns every id, slug and name that a walk through another organization shows, and what those lead to. */
async function exploreForeign(slug: string) {
  foreign.learn({ __typename: 'Organization', slug })
  const mira = graph.signIn('mira', { ...generous, fresh: false })
  const [first] = others.filter((organization) => organization.slug === slug)
  foreign.learn({ __typename: 'Organization', slug, id: globalIdOf(first?.id ?? '') })
  for (let round = 0; round < 2; round++) {
    const questions = walkQueries(schema, foreign, ['organization']).filter(({ document }) => document.includes(slug))
    await askAll(mira, questions, (_, { data }) => foreign.learn(data))
  }
}

async function askAll(asker: Asker, questions: Question[], see: (question: Question, answer: Answer) => void) {
  for (let start = 0; start < questions.length; start += AT_ONCE) {
    const asked = questions.slice(start, start + AT_ONCE)
    const answers = await Promise.all(asked.map(({ document }) => asker.ask(document)))
    asked.forEach((question, index) => see(question, answers[index] as Answer))
  }
}

const globalIdOf = (id: string) => encodeGlobalId({ kind: 'Organization', organizationId: null, id })

/** What of an answer is of another organization: its slug, name or id, or the id of anything that belongs to it. */
function findForeign({ data, errors }: Answer): string[] {
  const text = JSON.stringify({ data, errors })
  const named = others.flatMap(({ id, slug, name }) => [slug, name, id]).filter((mark) => text.includes(mark))
  const ids = text.match(/"[\w-]{12,200}"/g) ?? []
  return [...named, ...ids.filter((quoted) => isForeignId(quoted.slice(1, -1)))]
}

function isForeignId(text: string): boolean {
  const decoded = Buffer.from(text, 'base64url').toString()
  const [, kind, organizationId, id] = /^1:([A-Za-z]+):(\d*):(.+)$/.exec(decoded) ?? []
  return others.some((other) => other.id === organizationId || (kind === 'Organization' && other.id === id))
}

/** What was asked of Sentry about another organization: by a path that names it, or a search for its id. */
function findForeignRequests({ requests }: Answer): string[] {
  const asked = requests.map(({ path, query }) => `${path}?${decodeURIComponent(query)}`)
  return asked.filter((address) => {
    const [, named] = /^\/api\/0\/(?:organizations|projects|teams)\/([^/?]+)\//.exec(address) ?? []
    const isOwn = named === own.slug || named === own.id
    const isHarmless = /^\/api\/0\/(organizations|users\/me\/regions)\/\?/.test(address)
    return !(isOwn || isHarmless) || others.some(({ id }) => address.includes(id))
  })
}

const writesOf = ({ requests }: Answer) => requests.filter(({ method }) => method !== 'GET')
const revoke = (id: string) => `mutation { revokeSession(input: { sessionId: "${id}" }) { __typename } }`

test('a walk asks for every field of the schema that a query reaches, in valid documents', () => {
  const questions = walkQueries(schema, foreign, entrances)
  const invalid = questions.filter(({ document }) => validate(schema, parse(document)).length > 0)
  expect(invalid).toEqual([])
  const outside = /^(__|Mutation$|Subscription$|IssueChange|PageInfo$)|(Payload|Result|Error)$/
  const fields = Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) && !outside.test(type.name)
      ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`)
      : [],
  )
  const asked = new Set(questions.map(({ field }) => field))
  expect(fields.filter((field) => !asked.has(field))).toEqual([])
})

describe('of a person’s three organizations', () => {
  test(
    'a session that is not narrowed sees all, wherever it asks',
    async () => {
      const leaks = new Set<string>()
      const questions = walkQueries(schema, foreign, entrances)
      await askAll(graph.signIn('mira', generous), questions, (question, answer) => {
        if (findForeignRequests(answer).length > 0) leaks.add(question.field)
      })
      const asked = new Set(questions.map(({ field }) => field))
      expect(leaks.size).toBeGreaterThan(asked.size / 2)
      expect([...leaks]).toEqual(
        expect.arrayContaining(['Query.node', 'Organization.projects', 'Issue.title', 'Team.slug']),
      )
    },
    PATIENCE,
  )

  test(
    'one that is narrowed to one of them sees nothing else of any field, and asks Sentry for nothing else',
    async () => {
      const session = { kind: 'client' as const, organizations: [own.id] }
      const narrowed = graph.signIn('mira', { ...generous, session, sessions: createSessions([]) })
      const leaks: object[] = []
      const answered = new Set<string>()
      const questions = walkQueries(schema, foreign, entrances)
      await askAll(narrowed, questions, ({ field, document }, answer) => {
        const seen = [...findForeign(answer), ...findForeignRequests(answer)]
        if (seen.length > 0) leaks.push({ field, document, seen })
        if (answer.errors.length === 0) answered.add(field)
      })
      expect(leaks).toEqual([])
      const asked = new Set(questions.map(({ field }) => field))
      expect(answered.size).toBeGreaterThan(asked.size / 2)
    },
    PATIENCE,
  )

  test(
    'it changes nothing in the others, by any mutation',
    async () => {
      const questions = walkMutations(schema, foreign)
      const session = { kind: 'client' as const, organizations: [own.id] }
      const narrowed = graph.signIn('mira', { ...generous, session, sessions: createSessions([]) })
      await askAll(narrowed, questions, (_, answer) => {
        expect([...writesOf(answer), ...findForeignRequests(answer)]).toEqual([])
      })
      const written = new Set<string>()
      const wide = graph.signIn('mira', { ...generous, sessions: createSessions([]) })
      await askAll(wide, questions, ({ field }, answer) => {
        if (writesOf(answer).length > 0) written.add(field)
      })
      expect(written).toContain('Mutation.resolveIssues')
    },
    PATIENCE,
  )
})

describe('a session that may only read', () => {
  const readOnly = { readOnly: true }

  test(
    'is refused every mutation of the schema, which others may run',
    async () => {
      const questions = walkMutations(schema, foreign)
      expect(new Set(questions.map(({ field }) => field)).size).toBe(
        Object.keys(schema.getMutationType()?.getFields() ?? {}).length,
      )
      const refused = new Set<string>()
      const done: string[] = []
      const asker = graph.signIn('mira', { ...generous, session: readOnly, sessions: createSessions(done) })
      await askAll(asker, questions, ({ field, document }, { errors, requests }) => {
        expect([document, requests]).toEqual([document, []])
        if (errors[0]?.extensions['code'] === 'FORBIDDEN') refused.add(field)
      })
      expect([...new Set(questions.map(({ field }) => field))].filter((field) => !refused.has(field))).toEqual([
        'Mutation.signOut',
      ])
      expect(new Set(done)).toEqual(new Set(['sign out here']))

      const free: string[] = []
      const wide = graph.signIn('mira', { ...generous, sessions: createSessions(free) })
      await askAll(wide, questions, ({ document }, { errors }) => {
        const codes = errors.map(({ extensions }) => extensions['code'])
        expect([document, codes]).not.toEqual([document, ['FORBIDDEN']])
      })
      expect(free).toEqual(expect.arrayContaining(['sign out here', expect.stringMatching(/^create/)]))
    },
    PATIENCE,
  )

  test('may end itself and no other', async () => {
    const done: string[] = []
    const asker = graph.signIn('mira', { session: readOnly, sessions: createSessions(done) })
    expect((await asker.ask(revoke('session-2'))).errors[0]?.extensions['code']).toBe('FORBIDDEN')
    const everywhere = await asker.ask('mutation { signOut(input: { everywhere: true }) { __typename } }')
    expect(everywhere.errors[0]?.extensions['code']).toBe('FORBIDDEN')
    expect((await asker.ask(revoke('session-1'))).errors).toEqual([])
    expect((await asker.ask('mutation { signOut { __typename } }')).errors).toEqual([])
    expect(done).toEqual(['revoke session-1', 'sign out here'])
  })

  test('reads like any other', async () => {
    const asker = graph.signIn('mira', { session: readOnly, sessions: createSessions([]) })
    expect((await asker.ask('{ viewer { organizations { nodes { slug } } } }')).errors).toEqual([])
  })
})

/** Writes down what is done to the sessions, of which there is none beside the viewer's own. */
function createSessions(done: string[]): SessionActions {
  return {
    cookieName: 'sentry_graph',
    list: () => Promise.resolve([]),
    async createClientSession({ name }) {
      done.push(`create ${name}`)
      return null
    },
    async revoke(sessionId) {
      done.push(`revoke ${sessionId}`)
      return true
    },
    async signOut(everywhere) {
      done.push(everywhere ? 'sign out everywhere' : 'sign out here')
    },
  }
}
