// Without it Sentry answers with the projects of the person's own teams only.
export const ALL_PROJECTS = '-1'

/** The `project` parameter for numeric ids; all projects that the person may see when there are none. */
export function selectedProjects(projects: readonly string[]): readonly string[] {
  return projects.length === 0 ? [ALL_PROJECTS] : projects
}
