import { ObjectRef } from '@pothos/core'
import type { Frame, StackTrace } from '@sentry-graph/sentry-api'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { eventSource as source } from '../event-endpoint.ts'
import { webAddress } from '../web-address.ts'

export const StackTraceRef = new ObjectRef<GraphTypes, StackTrace>('StackTrace')
const FrameRef = new ObjectRef<GraphTypes, Frame>('Frame')
const SourceLineRef = new ObjectRef<GraphTypes, Frame['context'][number]>('SourceLine')

export function addStackTrace(builder: GraphBuilder): void {
  builder.objectType(StackTraceRef, {
    description: 'The calls that led to a place.',
    fields: (t) => ({
      frames: t.field({
        type: [FrameRef],
        nullable: false,
        description: `The calls, the oldest first. ${source}`,
        resolve: ({ frames }) => frames,
      }),
      hasSystemFrames: t.exposeBoolean('hasSystemFrames', {
        description: `Whether some of them are not the application’s own. ${source}`,
      }),
      framesOmitted: t.int({
        description: `How many calls the sender left out of the middle; null when none. ${source}`,
        resolve: ({ framesOmitted }) => framesOmitted && framesOmitted[1] - framesOmitted[0],
      }),
    }),
  })
  builder.objectType(FrameRef, {
    description: 'One call of a stack trace.',
    fields: (t) => ({
      function: t.exposeString('function', { description: `The function; null where it has no name. ${source}` }),
      module: t.exposeString('module', { description: `The module of the function. ${source}` }),
      filename: t.exposeString('filename', { description: `The file, as the project knows it. ${source}` }),
      absolutePath: t.exposeString('absPath', { description: `The file, as it was loaded. ${source}` }),
      package: t.exposeString('package', { description: `The library or binary it belongs to. ${source}` }),
      line: t.exposeInt('lineNo', { description: `The line, from 1 on. ${source}` }),
      column: t.exposeInt('colNo', { description: `The column. ${source}` }),
      isInApp: t.boolean({
        nullable: false,
        description: `Whether it is the application’s own. ${source}`,
        resolve: ({ inApp }) => inApp ?? false,
      }),
      context: t.field({
        type: [SourceLineRef],
        nullable: false,
        description: `The lines of code around it. ${source}`,
        resolve: ({ context }) => context,
      }),
      variables: t.expose('vars', {
        type: 'JSON',
        description: `What its variables held, by name. May hold personal data. ${source}`,
      }),
      sourceLink: t.field({
        type: 'URI',
        description: `The line at the host of the code. ${source}`,
        resolve: ({ sourceLink }) => webAddress(sourceLink),
      }),
    }),
  })
  builder.objectType(SourceLineRef, {
    description: 'One line of code.',
    fields: (t) => ({
      line: t.int({ nullable: false, description: `Its number, from 1 on. ${source}`, resolve: ([line]) => line }),
      code: t.string({
        nullable: false,
        description: `What stands there. ${source}`,
        resolve: ([, code]) => code ?? '',
      }),
    }),
  })
}
