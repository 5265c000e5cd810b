import type { HostName } from '../world/organization.ts'
import { drawHex } from '../world/draw.ts'
import type { Project } from '../world/project.ts'
import type { OrganizationAccess } from './organization-access.ts'
import { presentOrganization } from './organization-representation.ts'
import { presentProjectWithLooks } from './project-representation.ts'

/** A project with its settings. */
export function presentProjectDetail(
  access: OrganizationAccess,
  project: Project,
  origins: Readonly<Record<HostName, string>>,
  collapsesOrganization: boolean,
): object {
  const { organization } = access
  return {
    ...presentProjectWithLooks(access, project),
    organization: collapsesOrganization
      ? { id: organization.id, slug: organization.slug }
      : presentOrganization(organization, origins),
    ...presentSettings(project),
    processingIssues: 0,
  }
}

function presentSettings(project: Project): object {
  return {
    options: {},
    resolveAge: 0,
    subjectPrefix: '',
    subjectTemplate: '$shortID - $title',
    allowedDomains: ['*'],
    dataScrubber: true,
    dataScrubberDefaults: true,
    scrubIPAddresses: false,
    scrapeJavaScript: true,
    verifySSL: true,
    safeFields: [],
    sensitiveFields: [],
    securityToken: drawHex(`security-token/${project.id}`, 32),
    securityTokenHeader: null,
    storeCrashReports: null,
    defaultEnvironment: project.environments.includes('production') ? 'production' : null,
    digestsMinDelay: 300,
    digestsMaxDelay: 1800,
    groupingConfig: 'newstyle:2023-01-11',
    groupingEnhancements: '',
    derivedGroupingEnhancements: '',
    secondaryGroupingConfig: null,
    secondaryGroupingExpiry: 0,
    fingerprintingRules: '',
    highlightTags: ['browser', 'handled', 'url'],
    highlightContext: {},
    highlightPreset: { tags: [], context: {} },
    relayPiiConfig: null,
    builtinSymbolSources: ['ios', 'microsoft', 'android'],
    symbolSources: '[]',
    dynamicSamplingBiases: [],
    isDynamicallySampled: true,
    debugFilesRole: null,
    enableAutoReleaseCreation: true,
    scmSourceContextEnabled: false,
    tempestFetchScreenshots: false,
    autofixAutomationTuning: 'off',
    seerScannerAutomation: false,
    seerNightshiftTweaks: null,
  }
}
