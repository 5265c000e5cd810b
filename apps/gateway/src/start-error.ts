/** The process cannot start for a reason a person can do something about. Its message is all they need to read. */
export class StartError extends Error {
  override readonly name = 'StartError'
}
