import 'graphiql/setup-workers/vite'
import 'graphiql/style.css'
import '../design/base.css'
import './graphiql-theme.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Provider } from 'urql'
import { followThemeOfOtherTabs } from '../design/theme.ts'
import { createGraphqlClient } from '../graphql-client.ts'
import { followSignOutOfOtherTabs } from '../session/sign-out.ts'
import { Explorer } from './explorer.tsx'

followThemeOfOtherTabs()
followSignOutOfOtherTabs(() => location.reload())

// Signed out is a state of this page's header, not a reason to leave: the editor's content stays.
const client = createGraphqlClient({ fetch, onUnauthenticated: () => undefined })

const root = document.getElementById('root')
if (!root) throw new Error('graphiql.html has no #root')
createRoot(root).render(
  <StrictMode>
    <Provider value={client}>
      <Explorer />
    </Provider>
  </StrictMode>,
)
