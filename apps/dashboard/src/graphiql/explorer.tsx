import { GraphiQL, HISTORY_PLUGIN } from 'graphiql'
import { useMemo } from 'react'
import { useTheme } from '../design/theme.ts'
import { findFailure } from '../failure/failure.ts'
import { useExplorerQuery } from '../generated/graphql.ts'
import { isUnauthenticated } from '../graphql-client.ts'
import { SandboxBanner } from '../shell/sandbox-banner.tsx'
import { examples } from './example.ts'
import { createExplorerFetcher } from './explorer-fetcher.ts'
import { ExplorerHeader } from './explorer-header.tsx'
import style from './explorer.module.css'
import { examplesPlugin } from './examples-plugin.tsx'
import { ViewerContext } from './viewer-context.ts'

const plugins = [examplesPlugin, HISTORY_PLUGIN]
/** On a narrow screen examples and variables would push editor and answer away; they are one tap away there. */
const isNarrow = matchMedia('(max-width: 44rem)').matches
const firstPane = isNarrow ? {} : { visiblePlugin: examplesPlugin }

/** GraphiQL on the person's own session, below a header that says whose it is. */
export function Explorer() {
  const [{ data, error, fetching }, ask] = useExplorerQuery()
  const [theme] = useTheme()
  // A session that ended shows in the next operation first: the header asks again who is signed in.
  const fetcher = useMemo(() => createExplorerFetcher(() => ask({ requestPolicy: 'network-only' }), fetch), [ask])
  const reached = data !== undefined || isUnauthenticated(error) || !findFailure(error)
  const state = fetching ? 'checking' : reached ? 'ready' : 'unreachable'
  return (
    <ViewerContext value={data?.viewer}>
      <div className={style.explorer}>
        {data?.gateway.isSandbox && <SandboxBanner />}
        <ExplorerHeader state={state} viewer={data?.viewer ?? null} />
        <main className={style.editor}>
          <GraphiQL
            fetcher={fetcher}
            plugins={plugins}
            {...firstPane}
            defaultQuery={examples[0]?.query ?? ''}
            defaultEditorToolsVisibility={isNarrow ? false : 'variables'}
            forcedTheme={theme}
          />
        </main>
      </div>
    </ViewerContext>
  )
}
