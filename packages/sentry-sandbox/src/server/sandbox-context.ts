import type { Applications } from '../oauth/application.ts'
import type { Authorizations } from '../state/authorizations.ts'
import type { BrowserSessions } from '../state/browser-sessions.ts'
import type { Codes } from '../state/codes.ts'
import type { DeviceCodes } from '../state/device-codes.ts'
import type { IssueChanges } from '../state/issue-changes.ts'
import type { TokenReplication } from '../state/token-replication.ts'
import type { Tokens } from '../state/tokens.ts'
import type { HostName } from '../world/organization.ts'
import type { World } from '../world/world.ts'
import type { Faults } from './faults.ts'
import type { KeptAnswers } from './kept-answers.ts'
import type { RateLimiter } from './rate-limiter.ts'
import type { RequestLog } from './request-log.ts'
import type { Settings } from './settings.ts'

/** What the three hosts of one sandbox share. */
export interface SandboxContext {
  world: World
  settings: Settings
  applications: Applications
  /** Ids of people and client ids of applications that are switched off. */
  inactive: Set<string>
  /** Hosts at which nobody answers. */
  hostsDown: Set<HostName>
  issueChanges: IssueChanges
  authorizations: Authorizations
  codes: Codes
  deviceCodes: DeviceCodes
  tokens: Tokens
  tokenReplication: TokenReplication
  browserSessions: BrowserSessions
  clock: () => Date
  /** Filled in when the hosts listen. */
  origins: Record<HostName, string>
  requestLog: RequestLog
  keptAnswers: KeptAnswers
  faults: Faults
  rateLimiter: RateLimiter
}
