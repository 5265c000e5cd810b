import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Levers } from '../levers.ts'
import { controlPage, type Switch } from '../pages/control-page.ts'
import { messagePage } from '../pages/message-page.ts'
import { refuseForm } from '../server/account-routes.ts'
import { findBrowserSession, isOwnForm, openBrowserSession, readForm, sendPage } from '../server/browser.ts'
import { controlPath } from '../server/control-path.ts'
import type { SandboxContext } from '../server/sandbox-context.ts'
import type { HostName } from '../world/organization.ts'
import { defaultSettings } from '../server/settings.ts'
import { formatSeconds } from '../world/moment.ts'
import { isFromThisMachine } from './control-guard.ts'
import { ControlInputError } from './control-input.ts'
import { presentFaultMatch, readFaultMatch } from './fault-input.ts'
import { faultPresets } from './fault-presets.ts'

const shownRequests = 50
const hour = 60 * 60 * 1000

/** The control page: the levers that a person may want to pull by hand. */
export function addControlPageRoutes(app: FastifyInstance, context: SandboxContext, levers: Levers): void {
  app.get(controlPath, (request, reply) => show(request, reply, context, levers))
  app.post(controlPath, (request, reply) => pull(request, reply, context, levers))
}

function show(request: FastifyRequest, reply: FastifyReply, context: SandboxContext, levers: Levers): FastifyReply {
  if (!isFromThisMachine(request)) return refuseStranger(reply)
  const { csrfToken } = openBrowserSession(request, reply, context)
  return sendPage(
    reply,
    controlPage({
      csrfToken,
      faults: levers.faults.map(({ id, match, fault }) => ({
        id,
        text: `${JSON.stringify(fault)} for ${JSON.stringify(presentFaultMatch(match))}`,
      })),
      presets: [...faultPresets.keys()],
      switches: listSwitches(levers),
      serverTime: formatSeconds(levers.serverClock.now().getTime()),
      worldTime: formatSeconds(levers.worldClock.now().getTime()),
      requests: levers.requests.slice(-shownRequests).toReversed(),
      nameOf: (personId) => context.world.findPerson(personId)?.email ?? personId,
    }),
  )
}

function refuseStranger(reply: FastifyReply): FastifyReply {
  return sendPage(reply, messagePage('Not from here', 'The control page is for this machine only.'), 403)
}

function listSwitches({ settings, hostsDown }: Levers): Switch[] {
  return [
    { label: 'Rate limits', name: 'rateLimit', isOn: settings.rateLimit !== false },
    { label: 'Self-hosted: one host', name: 'isSelfHosted', isOn: settings.isSelfHosted },
    { label: 'Token revocation', name: 'hasRevocation', isOn: settings.hasRevocation },
    { label: 'OAuth metadata', name: 'hasMetadata', isOn: settings.hasMetadata },
    { label: 'Region us', name: 'us', isOn: !hostsDown.includes('us') },
    { label: 'Region de', name: 'de', isOn: !hostsDown.includes('de') },
  ]
}

function pull(request: FastifyRequest, reply: FastifyReply, context: SandboxContext, levers: Levers): FastifyReply {
  if (!isFromThisMachine(request)) return refuseStranger(reply)
  const form = readForm(request)
  const session = findBrowserSession(request, context)
  if (session === null || !isOwnForm(form, session)) return refuseForm(reply)
  try {
    operate(form, levers)
  } catch (error) {
    if (!(error instanceof ControlInputError)) throw error
    return sendPage(reply, messagePage('That cannot be', error.message), 400)
  }
  return reply.redirect(controlPath, 303)
}

function operate(form: URLSearchParams, levers: Levers): void {
  switch (form.get('op')) {
    case 'add-fault':
      return addFault(form, levers)
    case 'remove-fault':
      return levers.removeFault(Number(form.get('id')))
    case 'clear-faults':
      return levers.clearFaults()
    case 'clear-requests':
      return levers.clearRequests()
    case 'advance-server-clock':
      return levers.serverClock.advance(hour)
    case 'advance-world-clock':
      return levers.worldClock.advance(hour)
    case 'switch':
      return turn(form.get('name') ?? '', form.get('value') === 'on', levers)
    default:
      throw new ControlInputError('The page has no such button.')
  }
}

function addFault(form: URLSearchParams, levers: Levers): void {
  const fault = faultPresets.get(form.get('fault') ?? '')
  if (fault === undefined) throw new ControlInputError('The page has no such fault.')
  const [host, pattern, times] = ['host', 'pattern', 'times'].map((name) => form.get(name) ?? '')
  const match = readFaultMatch({
    ...(host ? { host } : {}),
    ...(pattern ? { pattern } : {}),
    ...(times ? { times: Number(times) } : {}),
  })
  levers.fault(match, fault)
}

function turn(name: string, isOn: boolean, levers: Levers): void {
  if (name === 'us' || name === 'de') return turnRegion(name, isOn, levers)
  if (name === 'rateLimit') return levers.configure({ rateLimit: isOn ? defaultSettings.rateLimit : false })
  if (name !== 'isSelfHosted' && name !== 'hasRevocation' && name !== 'hasMetadata') {
    throw new ControlInputError('The page has no such switch.')
  }
  levers.configure({ [name]: isOn })
}

function turnRegion(region: HostName, isOn: boolean, levers: Levers): void {
  if (isOn) levers.bringUp(region)
  else levers.takeDown(region)
}
