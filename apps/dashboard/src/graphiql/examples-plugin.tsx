import { type GraphiQLPlugin, pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import { type Example, examples } from './example.ts'
import style from './examples-plugin.module.css'
import { useViewer } from './viewer-context.ts'

/** The pane with operations to start from. */
export const examplesPlugin: GraphiQLPlugin = { title: 'Examples', icon: ExamplesIcon, content: ExamplesPane }

function ExamplesPane() {
  const organization = useViewer()?.organizations?.nodes[0]
  const open = useOpenExample()
  return (
    <section aria-label="Examples" className={style.pane}>
      <h2>Examples</h2>
      <p>Each opens in a tab of its own and runs as it is{organization && `, for ${organization.name}`}.</p>
      <ul>
        {examples.map((example) => (
          <li key={example.title}>
            <button
              type="button"
              disabled={!open}
              onClick={() => open?.(example, organization && example.variables?.(organization))}
            >
              <strong>{example.title}</strong>
              <span>{example.summary}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Opens an example in a new tab; null until the editor that shows it is there. */
function useOpenExample() {
  const actions = useGraphiQLActions()
  const { queryEditor, variableEditor } = useGraphiQL(pick('queryEditor', 'variableEditor'))
  if (!queryEditor) return null
  return ({ query }: Example, variables: Record<string, string> | undefined) => {
    const variableText = variables ? JSON.stringify(variables, null, 2) : ''
    actions.addTab()
    queryEditor.setValue(query)
    variableEditor?.setValue(variableText)
    actions.updateActiveTabValues({ query, variables: variableText })
  }
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
