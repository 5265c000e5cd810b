import type { Project } from '../world/project.ts'
import type { ProjectKey } from '../world/project-key.ts'

const loaderVersions = [
  ['latest', 'latest'],
  ['10.x', '10.x'],
  ['9.x', '9.x'],
  ['8.x', '8.x'],
]

/** A project's key with its secret, which Sentry sends although it is a credential. `origin` is where events would go. */
export function presentProjectKey(project: Project, key: ProjectKey, origin: string): object {
  return {
    id: key.publicKey,
    name: key.name,
    label: key.name,
    public: key.publicKey,
    secret: key.secretKey,
    projectId: Number(project.id),
    isActive: key.isActive,
    rateLimit: key.rateLimit,
    dsn: presentDsn(project, key, origin),
    browserSdkVersion: '10.x',
    browserSdk: { choices: loaderVersions },
    dateCreated: key.dateCreated,
    dynamicSdkLoaderOptions: {
      hasReplay: project.uses.replays,
      hasPerformance: project.uses.transactions,
      hasDebug: false,
      hasFeedback: project.uses.feedbacks,
      hasLogsAndMetrics: project.uses.logs,
    },
    useCase: 'user',
  }
}

function presentDsn({ id }: Project, { publicKey, secretKey }: ProjectKey, origin: string): object {
  const { protocol, host } = new URL(origin)
  const endpoint = `${origin}/api/${id}`
  const withKey = (name: string) => `${endpoint}/${name}/?sentry_key=${publicKey}`
  return {
    secret: `${protocol}//${publicKey}:${secretKey}@${host}/${id}`,
    public: `${protocol}//${publicKey}@${host}/${id}`,
    csp: withKey('csp-report'),
    security: withKey('security'),
    minidump: withKey('minidump'),
    playstation: withKey('playstation'),
    nel: withKey('nel'),
    unreal: `${endpoint}/unreal/${publicKey}/`,
    crons: `${endpoint}/cron/___MONITOR_SLUG___/${publicKey}/`,
    cdn: `${origin}/js-sdk-loader/${publicKey}.min.js`,
    integration: `${endpoint}/integration/`,
    otlp_traces: `${endpoint}/integration/otlp/v1/traces`,
    otlp_logs: `${endpoint}/integration/otlp/v1/logs`,
  }
}
