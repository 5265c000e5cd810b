import { z } from 'zod'
import { filledText, id } from '../shape.ts'

/** The person or team that an answer names as the one to look after something; more is not known of it. */
export const actorShape = z.object({ type: z.enum(['user', 'team']), id, name: filledText, email: filledText })
export type ActorReference = z.output<typeof actorShape>
