import { type GraphiQLPlugin, pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import { useEffect } from 'react'
import { type Example, examples, whyUnavailable } from './example.ts'
import style from './examples-plugin.module.css'
import { useViewer } from './viewer-context.ts'

/** The pane with operations to start from. */
export const examplesPlugin: GraphiQLPlugin = { title: 'Examples', icon: ExamplesIcon, content: ExamplesPane }

function ExamplesPane() {
  const viewer = useViewer()
  const organization = viewer?.organizations?.nodes[0]
  const open = useOpenExample()
  useActiveTabInView()
  return (
    <section aria-label="Examples" className={style.pane}>
      <h2>Examples</h2>
      <p>
        {organization
          ? `Each opens in a tab of its own and runs as it is, for ${organization.name}.`
          : 'Each that needs no organization opens in a tab of its own and runs as it is.'}
      </p>
      <ul>
        {examples.map((example) => {
          const obstacle = whyUnavailable(example, viewer)
          return (
            <li key={example.title}>
              <button
                type="button"
                disabled={!open || obstacle !== null}
                onClick={() => open?.(example, organization && example.variables?.(organization))}
              >
                <strong>{example.title}</strong>
                <span>{example.summary}</span>
                {obstacle && <em>{obstacle}</em>}
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** Opens an example in the tab that has its text already, or in a new one; null until its editor is there. */
function useOpenExample() {
  const actions = useGraphiQLActions()
  const { queryEditor, variableEditor, tabs, activeTabIndex } = useGraphiQL(
    pick('queryEditor', 'variableEditor', 'tabs', 'activeTabIndex'),
  )
  if (!queryEditor) return null
  return ({ query }: Example, variables: Record<string, string> | undefined) => {
    if (queryEditor.getValue() === query) return
    const open = tabs.findIndex((tab, index) => index !== activeTabIndex && tab.query === query)
    if (open !== -1) {
      actions.changeTab(open)
      return
    }
    const variableText = variables ? JSON.stringify(variables, null, 2) : ''
    actions.addTab()
    queryEditor.setValue(query)
    variableEditor?.setValue(variableText)
    actions.updateActiveTabValues({ query, variables: variableText })
  }
}

/** Many tabs do not fit beside each other; the one that was opened or switched to is scrolled to. */
function useActiveTabInView() {
  const { activeTabIndex } = useGraphiQL(pick('activeTabIndex'))
  useEffect(() => {
    const tab = document.getElementById(`graphiql-session-tab-${activeTabIndex}`)
    tab?.parentElement?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [activeTabIndex])
}

function ExamplesIcon() {
  return (
    <svg
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d="M2.5 2.8h4A1.5 1.5 0 0 1 8 4.3v9a1.5 1.5 0 0 0-1.5-1.1h-4zM13.5 2.8h-4A1.5 1.5 0 0 0 8 4.3v9a1.5 1.5 0 0 1 1.5-1.1h4z" />
    </svg>
  )
}
