import type { Application } from './oauth/application.ts'
import { expandScopes, isKnownScope } from './oauth/scopes.ts'
import type { Fault, FaultMatch, SwitchedFault } from './server/faults.ts'
import type { RecordedRequest } from './server/request-log.ts'
import type { SandboxContext } from './server/sandbox-context.ts'
import type { HostName } from './world/organization.ts'
import type { ServerClock } from './server/server-clock.ts'
import type { Settings } from './server/settings.ts'
import type { WorldClock } from './world/world-clock.ts'
import type { SandboxPerson } from './world/world.ts'

const defaultScopes = ['org:read', 'project:read', 'team:read', 'member:read', 'event:read']

/** What a test, or a curious person through the control API, can do to a running sandbox. */
export interface Levers {
  people: readonly SandboxPerson[]
  applications: readonly Application[]
  /** Everything it was asked, in order of arrival. */
  requests: readonly RecordedRequest[]
  clearRequests(): void
  /**
   * A pair of tokens as if the person had signed in and consented, for the seeded application unless another one is named.
   *
   * @throws {RangeError} when the sandbox does not know the person, the application or a scope.
   */
  issueTokens(
    personId: string,
    scopes?: readonly string[],
    of?: { clientId?: string; organizationId?: string | null },
  ): { accessToken: string; refreshToken: string }
  /**
   * Answers the request of a device as its owner would on the page.
   *
   * @throws {RangeError} when no device waits with this code.
   */
  answerDevice(userCode: string, answer: { personId: string } | 'denied'): void
  /** Moves the expiry of an access token into the past. */
  expireAccessToken(accessToken: string): void
  /** Deletes a pair of tokens; no consent is withdrawn. */
  revokeAccessToken(accessToken: string): void
  /** Withdraws every consent of a person; all their tokens die. */
  revokePerson(personId: string): void
  /** Switches a person (by id) or an application (by client id) off, and on again. */
  setActive(id: string, isActive: boolean): void
  /** Ids of people and client ids of applications that are switched off. */
  readonly inactive: readonly string[]
  /** Cuts all connections to a host; what control passes on to it fails with a 502 page. */
  takeDown(host: HostName): void
  bringUp(host: HostName): void
  readonly hostsDown: readonly HostName[]
  /** The settings as they are now. */
  readonly settings: Readonly<Settings>
  /** Changes some settings. */
  configure(changes: Partial<Settings>): void
  /** Moves the time of tokens, codes and limits. */
  serverClock: ServerClock
  /** Moves the time of the world on top of that: events happen, tokens stay as they are. */
  worldClock: WorldClock
  /** The faults that are switched on and not used up. */
  readonly faults: readonly SwitchedFault[]
  /** Switches a fault on; the id takes it back. */
  fault(match: FaultMatch, fault: Fault): number
  removeFault(id: number): void
  clearFaults(): void
}

export function createLevers(context: SandboxContext, seededClientId: string, serverClock: ServerClock): Levers {
  const { world, applications, authorizations, inactive, hostsDown, settings, tokens, requestLog, faults } = context
  const { deviceCodes } = context
  return {
    people: world.people,
    applications: applications.all,
    requests: requestLog.requests,
    clearRequests: () => requestLog.clear(),
    issueTokens(personId, scopes = defaultScopes, { clientId = seededClientId, organizationId = null } = {}) {
      if (world.findPerson(personId) === undefined) throw new RangeError(`The sandbox has no person ${personId}`)
      if (applications.find(clientId) === undefined) throw new RangeError(`The sandbox has no application ${clientId}`)
      const unknown = scopes.find((scope) => !isKnownScope(scope))
      if (unknown !== undefined) throw new RangeError(`Sentry has no scope ${unknown}`)
      authorizations.add(clientId, personId, scopes)
      const grant = { clientId, personId, organizationId, scopes: expandScopes(scopes) }
      const { accessToken, refreshToken } = tokens.issue(grant)
      return { accessToken, refreshToken }
    },
    answerDevice(userCode, answer) {
      const request = deviceCodes.findPending(userCode)
      if (request === null) throw new RangeError('No device waits with this code')
      if (answer === 'denied') return deviceCodes.answer(request.userCode, 'denied')
      authorizations.add(request.clientId, answer.personId, request.scopes)
      deviceCodes.answer(request.userCode, { personId: answer.personId, organizationId: null })
    },
    expireAccessToken: (accessToken) => tokens.expire(accessToken),
    revokeAccessToken: (accessToken) => tokens.revoke(accessToken),
    revokePerson(personId) {
      for (const client of authorizations.listClients(personId)) authorizations.remove(client, personId)
    },
    setActive(id, isActive) {
      if (isActive) inactive.delete(id)
      else inactive.add(id)
    },
    get inactive() {
      return [...inactive]
    },
    takeDown: (host) => hostsDown.add(host),
    bringUp: (host) => hostsDown.delete(host),
    get hostsDown() {
      return [...hostsDown]
    },
    settings,
    configure: (changes) => Object.assign(settings, changes),
    serverClock,
    worldClock: world.clock,
    get faults() {
      return faults.list()
    },
    fault: (match, fault) => faults.add(match, fault),
    removeFault: (id) => faults.remove(id),
    clearFaults: () => faults.clear(),
  }
}
