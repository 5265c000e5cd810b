import { defineErrors } from './define-errors.ts'

export const goErrors = defineErrors([
  [
    'runtime.errorString',
    'runtime error: invalid memory address or nil pointer dereference',
    'internal/{noun}/{noun}.go',
    '(*{Noun}Store).Get',
    'example.org/{noun}/internal/{noun}',
    { level: 'fatal' },
  ],
  [
    'runtime.boundsError',
    'runtime error: index out of range [{number}] with length {number}',
    'internal/{noun}/batch.go',
    '(*Batch).At',
    'example.org/{noun}/internal/{noun}',
    { level: 'fatal' },
  ],
  [
    '*net.OpError',
    'dial tcp 10.4.2.17:443: connect: connection refused',
    'internal/client/client.go',
    '(*Client).Do',
    'example.org/{noun}/internal/client',
    { isHandled: true, cause: { type: '*os.SyscallError', value: 'connect: connection refused' } },
  ],
  [
    '*url.Error',
    'Get "https://{host}/{noun}s": context deadline exceeded',
    'internal/{noun}/fetch.go',
    'Fetch{Noun}',
    'example.org/{noun}/internal/{noun}',
    { isHandled: true, level: 'warning' },
  ],
  [
    '*errors.errorString',
    '{noun}: no {field} for key',
    'internal/{noun}/lookup.go',
    'lookup',
    'example.org/{noun}/internal/{noun}',
    { isHandled: true },
  ],
  [
    '*json.SyntaxError',
    "invalid character '<' looking for beginning of value",
    'internal/{noun}/decode.go',
    'Decode',
    'example.org/{noun}/internal/{noun}',
    { isHandled: true },
  ],
])
