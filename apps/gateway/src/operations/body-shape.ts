import type { FastifySchemaCompiler, FastifySerializerCompiler, FastifyServerOptions } from 'fastify'
import type { ZodType } from 'zod'

/** A body is not what its route reads. */
class BodyShapeError extends Error {
  override readonly name = 'BodyShapeError'
  readonly statusCode = 400
}

const compileShape: FastifySchemaCompiler<ZodType> =
  ({ schema: shape }) =>
  (body: unknown) => {
    const { success, data, error } = shape.safeParse(body)
    return success ? { value: data } : { error: new BodyShapeError('unexpected body', { cause: error }) }
  }

/** A schema that leaves members out of answers would be relied on. */
const compileSerializer: FastifySerializerCompiler<unknown> = ({ method, url }) => {
  throw new TypeError(`${method} ${url} names a schema for its answers, which nothing here reads`)
}

/**
 * Lets a route name the Zod shape of its body, `{ schema: { body: shape } }`, and answers 400 to what does not fit. In the
 * place of Fastify's compilers of JSON schemas, which every start would have to load.
 */
export const bodyShapes = {
  compilersFactory: { buildValidator: () => compileShape, buildSerializer: () => compileSerializer },
  // Fastify's types know its own compilers alone.
} as unknown as NonNullable<FastifyServerOptions['schemaController']>
