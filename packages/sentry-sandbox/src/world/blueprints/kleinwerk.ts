import type { OrganizationBlueprint } from '../blueprint.ts'

/** A German manufacturer, in the region of its own. */
export const kleinwerk: OrganizationBlueprint = {
  slug: 'kleinwerk',
  name: 'Kleinwerk Maschinenbau',
  region: 'de',
  founded: '2022-09-12',
  hasOpenMembership: true,
  teams: {
    fertigung: 'Fertigung',
    portal: 'Kundenportal',
    steuerung: 'Steuerung',
    it: 'IT-Betrieb',
  },
  members: [
    { person: 'mira-lindqvist', role: 'owner', teams: 'it' },
    { person: 'anneliese-vogt', role: 'owner', teams: 'portal it' },
    { person: 'cem-aydin', role: 'manager', teams: 'portal' },
    { person: 'friederike-brandt', role: 'admin', teams: 'fertigung' },
    { person: 'piotr-zielinski', role: 'member', teams: 'steuerung' },
    { person: 'lotte-van-dijk', role: 'member', teams: 'portal' },
    { person: 'marek-novotny', role: 'member', teams: 'fertigung steuerung' },
    { person: 'jule-sommer', role: 'billing', teams: '' },
  ],
  invitations: [
    { email: 'praktikum@kleinwerk.example', role: 'member' },
    { email: 'e.hoffmann@zulieferer.example', role: 'member', inviteStatus: 'requested_to_join' },
  ],
  projects: [
    ['kundenportal', 'javascript-vue', 'portal', 'Kundenportal'],
    ['portal-api', 'php-symfony', 'portal'],
    ['ersatzteil-shop', 'php-laravel', 'portal', 'Ersatzteil-Shop'],
    ['angebotsrechner', 'javascript-angular', 'portal'],
    ['leitstand', 'electron', 'fertigung', 'Leitstand'],
    ['schichtplan', 'dotnet-aspnetcore', 'fertigung'],
    ['qualitaetspruefung', 'python', 'fertigung steuerung', 'Qualitätsprüfung'],
    ['sps-bruecke', 'rust', 'steuerung'],
    ['sensor-gateway', 'go', 'steuerung'],
    ['fraesen-firmware', 'native', 'steuerung'],
    ['telemetrie', 'java-logback', 'steuerung it'],
    ['monteur-app', 'flutter', 'portal fertigung', 'Monteur-App'],
    ['intranet', '', ''],
  ],
}
