interface Question {
  id: number
  name: string
  payload: unknown
}

type Answers = Record<string, (payload: never) => unknown>

/** Answers what the process that started this one asks by name, and ends when that one is gone. */
export function answerParent(answers: Answers): void {
  process.on('message', async ({ id, name, payload }: Question) => {
    // Every listener hears every question; another one knows this name.
    const answer = answers[name]
    if (answer !== undefined) process.send?.({ id, answer: await answer(payload as never) })
  })
  process.once('disconnect', () => process.exit())
}

/** Tells the parent that this process can be used. */
export function reportReady(facts: Record<string, unknown>): void {
  process.send?.({ ready: facts })
}
