import { GraphError } from './graph-error.ts'

const MOST_VALUES = 50

/** The values of a list argument. @throws GraphError `BAD_USER_INPUT` for more than can be asked about at once. */
export function bounded(
  name: string,
  values: readonly string[] | null | undefined,
  most = MOST_VALUES,
): readonly string[] {
  if ((values?.length ?? 0) > most) throw new GraphError('BAD_USER_INPUT', `"${name}" takes at most ${most} values.`)
  return values ?? []
}
