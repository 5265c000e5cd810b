import { defineErrors } from './define-errors.ts'

export const rubyErrors = defineErrors([
  ['NoMethodError', "undefined method '{field}' for nil", 'app/services/{noun}_service.rb', 'charge', '{Noun}Service'],
  [
    'ActiveRecord::RecordNotFound',
    "Couldn't find {Noun} with 'id'={number}",
    'app/controllers/{noun}s_controller.rb',
    'show',
    '{Noun}sController',
    { isHandled: true, level: 'warning' },
  ],
  [
    'ActiveRecord::ConnectionTimeoutError',
    'could not obtain a connection from the pool within 5.000 seconds',
    'app/models/{noun}.rb',
    'lock_for',
    '{Noun}',
    { cause: { type: 'PG::ConnectionBad', value: 'connection to server at "{host}" failed' } },
  ],
  [
    'Net::ReadTimeout',
    'Net::ReadTimeout with #<TCPSocket:(closed)>',
    'app/clients/{noun}_client.rb',
    'post',
    '{Noun}Client',
    { isHandled: true },
  ],
  ['ArgumentError', 'comparison of Float with nil failed', 'app/models/{noun}.rb', 'cheapest', '{Noun}'],
  [
    'Redis::CannotConnectError',
    'Error connecting to Redis on {host}:6379',
    'app/jobs/{noun}_job.rb',
    'perform',
    '{Noun}Job',
  ],
])
