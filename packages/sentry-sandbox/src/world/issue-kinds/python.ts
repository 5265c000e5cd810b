import { defineErrors } from './define-errors.ts'

export const pythonErrors = defineErrors([
  ['KeyError', "'{field}'", '{noun}/views.py', 'create_{noun}', '{noun}.views'],
  [
    'AttributeError',
    "'NoneType' object has no attribute '{field}'",
    '{noun}/services.py',
    'price_{noun}',
    '{noun}.services',
  ],
  [
    'IntegrityError',
    'duplicate key value violates unique constraint "{noun}_{field}_key"',
    '{noun}/models.py',
    'save',
    '{noun}.models',
    {
      cause: { type: 'UniqueViolation', value: 'duplicate key value violates unique constraint "{noun}_{field}_key"' },
    },
  ],
  [
    'OperationalError',
    'could not connect to server: Connection refused (host {host}, port 5432)',
    'django/db/backends/base/base.py',
    'connect',
    'django.db.backends.base.base',
    { cause: { type: 'OperationalError', value: 'connection to server at {host} failed' } },
  ],
  [
    'ReadTimeout',
    "HTTPSConnectionPool(host='{host}', port=443): Read timed out. (read timeout={number})",
    '{noun}/clients.py',
    'fetch_{noun}',
    '{noun}.clients',
    { isHandled: true, level: 'warning' },
  ],
  [
    'ValueError',
    "could not convert string to float: '{field}'",
    '{noun}/parsing.py',
    'parse_{field}',
    '{noun}.parsing',
  ],
  ['DoesNotExist', '{Noun} matching query does not exist.', '{noun}/tasks.py', 'sync_{noun}', '{noun}.tasks'],
  ['SoftTimeLimitExceeded', 'SoftTimeLimitExceeded()', '{noun}/tasks.py', 'rebuild_{noun}_index', '{noun}.tasks'],
  [
    'ValidationError',
    "{'{field}': ['This field may not be blank.']}",
    '{noun}/serializers.py',
    'run_validation',
    '{noun}.serializers',
    { isHandled: true, level: 'info' },
  ],
  ['MemoryError', '', '{noun}/exports.py', 'export_all', '{noun}.exports', { level: 'fatal' }],
])
