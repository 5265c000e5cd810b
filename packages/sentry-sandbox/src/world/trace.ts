import type { WorldEvent } from './event.ts'

/** The trace that an event is part of. Every event has one of its own, whose id leads back to it. */
export const traceIdOf = ({ id }: WorldEvent): string => reverse(id)

/** The id of the only event in a trace; the event may not exist. */
export const eventIdOfTrace = (traceId: string): string => reverse(traceId)

const reverse = (text: string) => Array.from(text).toReversed().join('')
