import { expect, test } from 'vitest'
import { createWorld } from './world.ts'

const world = createWorld()
const projects = world.organizations.flatMap((organization) => organization.projects)

test('there are ten organizations in two regions, one with four hundred projects, one with forty-two and some with three', () => {
  const sizes = world.organizations.map((organization) => organization.projects.length)
  expect(world.organizations).toHaveLength(10)
  expect(new Set(world.organizations.map(({ region }) => region))).toEqual(new Set(['us', 'de']))
  expect(sizes.slice(0, 6)).toEqual([42, 9, 3, 13, 5, 400])
  expect(Math.min(...sizes)).toBe(3)
  expect(projects).toHaveLength(486)
})

test('four people can sign in: owners of three and of five organizations, a member of one, and one who belongs nowhere', () => {
  const seats = world.people.map((person) =>
    world.organizations.flatMap(({ region, members }) =>
      members.filter((member) => member.person?.id === person.id).map(({ role }) => `${role} in ${region}`),
    ),
  )
  expect(seats).toEqual([
    ['owner in us', 'owner in us', 'owner in de'],
    ['member in us'],
    [],
    ['owner in us', 'owner in us', 'owner in de', 'owner in de', 'owner in us'],
  ])
})

test('every id is a string of 16 digits and belongs to one record only', () => {
  const ids = world.organizations.flatMap(({ id, teams, members, projects: own }) => [
    id,
    ...teams.map((team) => team.id),
    ...members.map((member) => member.id),
    ...own.map((project) => project.id),
  ])
  expect(ids.filter((id) => !/^\d{16}$/.test(id))).toEqual([])
  expect(new Set(ids).size).toBe(ids.length)
})

test('what Sentry may leave empty is empty somewhere', () => {
  expect(projects.some(({ platform }) => platform === null)).toBe(true)
  expect(projects.some(({ platform }) => platform === '')).toBe(true)
  expect(projects.some(({ teams }) => teams.length === 0)).toBe(true)
  expect(projects.some(({ firstEvent }) => firstEvent === null)).toBe(true)
  expect(projects.some(({ releaseNaming }) => releaseNaming === null)).toBe(true)
  expect(world.people.some(({ name }) => name === null)).toBe(true)
  expect(world.organizations.some(({ members }) => members.some(({ person }) => person === null))).toBe(true)
})

test('no release, environment or feature is invented for a project without events', () => {
  for (const project of projects.filter(({ firstEvent }) => firstEvent === null)) {
    expect(project).toMatchObject({ environments: [], platforms: [], releaseNaming: null, uses: { sessions: false } })
  }
})

test('two worlds are equal', () => {
  expect(createWorld().organizations).toEqual(world.organizations)
})
