import { type EnumRef, ObjectRef } from '@pothos/core'
import {
  type Dataset,
  type EventRow,
  type EventRows,
  type EventRowsQuestion,
  listEventRows,
} from '@sentry-graph/sentry-api'
import { bounded } from '../bounded.ts'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { asksSentry } from '../call-plan.ts'
import { connectionArguments, type ConnectionArguments, type ConnectionSource } from '../connection.ts'
import { type GraphContext, requireSignedIn } from '../context.ts'
import { GraphError } from '../graph-error.ts'
import { addressOf, type OrganizationSource } from '../node-source.ts'
import { connectPages } from '../page-connection.ts'
import { readProjectIds } from '../project-ids.ts'
import { readFilledText, readSearchText } from '../search-text.ts'
import { readTimeRangeOrAll, type TimeRangeInput } from '../time-range.ts'
import { OrganizationRef } from './organization.ts'
import { PageInfoRef } from './page-info.ts'
import { TimeRangeRef } from './time-range.ts'

interface ExploreColumn {
  name: string
  type: string | null
  unit: string | null
}

interface ExploreResultSource {
  columns: ExploreColumn[]
  page: ConnectionSource<unknown[]>
}

const ExploreResultRef = new ObjectRef<GraphTypes, ExploreResultSource>('ExploreResult')
const ExploreColumnRef = new ObjectRef<GraphTypes, ExploreColumn>('ExploreColumn')

const MOST_FIELDS = 20
const source = 'Comes with the rows; no Sentry call of its own.'

export function addExploreResult(builder: GraphBuilder, dataset: EnumRef<GraphTypes, Dataset, Dataset>): void {
  builder.objectType(ExploreColumnRef, {
    description: 'What the values at one place of every row are.',
    fields: (t) => ({
      name: t.exposeString('name', { nullable: false, description: `The field as it was asked for. ${source}` }),
      type: t.exposeString('type', {
        description: `What it holds, in Sentry’s growing list: \`string\`, \`integer\`, \`number\`, \`duration\`, \`date\`, … ${source}`,
      }),
      unit: t.exposeString('unit', { description: `What its numbers count, such as \`millisecond\`. ${source}` }),
    }),
  })
  builder.objectType(ExploreResultRef, {
    description: 'A part of a table of events.',
    fields: (t) => ({
      columns: t.field({
        type: [ExploreColumnRef],
        nullable: false,
        description: `The columns, in the order in which they were asked for. ${source}`,
        resolve: ({ columns }) => columns,
      }),
      rows: t.field({
        type: t.listRef(t.listRef('JSON', { nullable: true })),
        nullable: false,
        description: `The rows: a value for each column, null where the event has none. ${source}`,
        resolve: ({ page }) => page.nodes,
      }),
      pageInfo: t.field({
        type: PageInfoRef,
        nullable: false,
        description: 'Where this part stands in the whole table. No Sentry call of its own.',
        resolve: ({ page }) => page,
      }),
    }),
  })

  builder.objectField(OrganizationRef, 'explore', (t) =>
    t.field({
      type: ExploreResultRef,
      description:
        'A table of events, or of groups of them where a function is among the fields. Costs a call: `GET organizations/{org}/events/` (scope `org:read`).',
      extensions: asksSentry({ endpoint: 'GET organizations/{org}/events/', serves: 'parent' }),
      args: {
        dataset: t.arg({ type: dataset, required: true, description: 'What kind of data.' }),
        fields: t.arg.stringList({
          required: true,
          description: `The columns, at most ${MOST_FIELDS}: names, functions and tags, such as \`title\`, \`count()\`, \`tags[browser]\`.`,
        }),
        query: t.arg.string({ description: 'Sentry’s search syntax; everything when left out.' }),
        sort: t.arg.string({ description: 'One of the fields, with `-` before it to begin with the largest.' }),
        projectIds: t.arg.idList({
          description: 'Of these projects only, at most 50; of all the viewer may see when left out.',
        }),
        range: t.arg({ type: TimeRangeRef, description: 'The time it covers; 90 days when left out.' }),
        ...connectionArguments(t.arg),
      },
      resolve: async (organization, args, context) => await explore(organization, args, context),
    }),
  )
}

type ExploreArguments = ConnectionArguments & {
  dataset: Dataset
  fields: readonly string[]
  query?: string | null | undefined
  sort?: string | null | undefined
  projectIds?: readonly string[] | null | undefined
  range?: TimeRangeInput | null | undefined
}

async function explore(organization: OrganizationSource, args: ExploreArguments, context: GraphContext) {
  const { sentry } = requireSignedIn(context)
  const question = readQuestion(args, organization)
  const meta: Pick<EventRows, 'types' | 'units'> = { types: {}, units: {} }
  const page = await connectPages(args, {
    identity: ['Organization.explore', organization.sentryId, JSON.stringify(question)],
    page: async (options) => {
      const { types, units, ...rows } = await listEventRows(sentry, addressOf(organization), { ...options, question })
      Object.assign(meta, { types, units })
      return rows
    },
    // Sentry may send columns that nobody asked for.
    node: (row: EventRow) => question.fields.map((name) => row[name] ?? null),
  })
  const { types, units } = meta
  const columns = question.fields.map((name) => ({ name, type: types[name] ?? null, unit: units[name] ?? null }))
  return { columns, page }
}

function readQuestion(
  { dataset, fields: names, query, sort, projectIds, range }: ExploreArguments,
  organization: OrganizationSource,
): EventRowsQuestion {
  const fields = bounded('fields', names, MOST_FIELDS).map((name) => readFilledText('fields', name))
  if (fields.length === 0) throw new GraphError('BAD_USER_INPUT', '"fields" names at least one field.')
  const order = readSearchText(sort)
  if (order !== null && !fields.includes(order.replace(/^-/, ''))) {
    throw new GraphError('BAD_USER_INPUT', '"sort" takes one of the fields, with or without "-" before it.')
  }
  return {
    dataset,
    fields,
    query: readSearchText(query),
    sort: order,
    projects: readProjectIds(projectIds, organization),
    range: readTimeRangeOrAll(range),
  }
}
