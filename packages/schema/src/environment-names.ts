import { bounded } from './bounded.ts'
import { readFilledText } from './search-text.ts'

/** The environments that an argument names. @throws GraphError `BAD_USER_INPUT` for too many, and for what cannot be one. */
export function readEnvironmentNames(names: readonly string[] | null | undefined): readonly string[] {
  return bounded('environments', names).map((name) => readFilledText('environments', name))
}
