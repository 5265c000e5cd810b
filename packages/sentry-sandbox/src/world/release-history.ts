import { createRelease } from './create-release.ts'
import { fraction, hashText, mix } from './hash.ts'
import { day, hour, minute } from './moment.ts'
import type { Organization } from './organization.ts'
import { findRuntime } from './platform.ts'
import type { Project } from './project.ts'
import type { Release } from './release.ts'

const remembered = 180 * day
const atMost = 40

/** The releases of one project, past and to come. */
export interface ReleaseHistory {
  /** Those created before a moment, newest first: of the last half year, at most forty. */
  listBefore(moment: number): readonly Release[]
  /** The newest of them. */
  latestBefore(moment: number): Release | null
  /** Which share (0 to 1) of the traffic of an environment each release has at a moment, newest first. */
  sharesAt(moment: number, environment: string): readonly ReleaseShare[]
  /** The release that something at that moment came from; null for projects without releases. `draw` is in [0, 1). */
  pickAt(moment: number, environment: string, draw: number): Release | null
}

export interface ReleaseShare {
  release: Release
  share: number
}

/** Makes the releases of a project: one about every `cadence` hours since the project began. */
export function createReleaseHistory(seed: number, organization: Organization, project: Project): ReleaseHistory {
  const key = mix(seed, hashText(`${project.id}/releases`))
  const cadence = (20 + Math.floor(fraction(key, 1) ** 2 * 220)) * hour
  const began = Date.parse(project.dateCreated)
  const firstSlot = Math.ceil(began / cadence)
  const adoption = findRuntime(project.platform) === 'mobile' ? 6 * day : 9 * hour
  const known = new Map<number, Release>()

  const createdAt = (slot: number) =>
    Math.floor(((slot + 0.8 * fraction(key, slot)) * cadence) / minute) * minute + (slot % 60) * 1000
  const releaseOf = (slot: number): Release => {
    const release =
      known.get(slot) ??
      createRelease({
        seed: mix(key, slot),
        organization,
        project,
        index: slot - firstSlot,
        dateCreated: createdAt(slot),
      })
    known.set(slot, release)
    return release
  }
  const latestSlot = (moment: number) => {
    const slot = Math.floor(moment / cadence)
    return createdAt(slot) < moment ? slot : slot - 1
  }
  const isWithout = project.releaseNaming === null

  const sharesAt = (moment: number, environment: string): readonly ReleaseShare[] => {
    const shares: ReleaseShare[] = []
    const isProduction = environment === 'production'
    let left = 1
    for (let slot = latestSlot(moment); slot >= firstSlot && left > 0.004 && shares.length < 12; slot -= 1) {
      const release = releaseOf(slot)
      const age = moment - (isProduction ? release.dateReleased : release.dateCreated)
      if (age < 0) continue
      const share = left * (isProduction ? 1 - Math.exp(-age / adoption) : 1)
      shares.push({ release, share })
      left -= share
    }
    const oldest = shares.at(-1)
    if (oldest !== undefined) oldest.share += left
    return shares
  }

  return {
    listBefore(moment) {
      if (isWithout) return []
      const releases: Release[] = []
      for (let slot = latestSlot(moment); slot >= firstSlot && releases.length < atMost; slot -= 1) {
        if (createdAt(slot) < moment - remembered) break
        releases.push(releaseOf(slot))
      }
      return releases
    },
    latestBefore(moment) {
      const slot = latestSlot(moment)
      return isWithout || slot < firstSlot ? null : releaseOf(slot)
    },
    sharesAt: (moment, environment) => (isWithout ? [] : sharesAt(moment, environment)),
    pickAt(moment, environment, draw) {
      if (isWithout) return null
      const isProduction = environment === 'production'
      let [left, rest] = [draw, 1]
      let picked: Release | null = null
      for (let slot = latestSlot(moment); slot >= firstSlot && left >= 0 && rest > 0.004; slot -= 1) {
        const release = releaseOf(slot)
        const age = moment - (isProduction ? release.dateReleased : release.dateCreated)
        if (age < 0) continue
        const share = rest * (isProduction ? 1 - Math.exp(-age / adoption) : 1)
        picked = release
        left -= share
        rest -= share
      }
      return picked
    },
  }
}
