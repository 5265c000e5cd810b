import './design/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { followThemeOfOtherTabs } from './design/theme.ts'
import { followSignOutOfOtherTabs, leaveForLogin } from './session/sign-out.ts'

followThemeOfOtherTabs()
followSignOutOfOtherTabs(leaveForLogin)

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
