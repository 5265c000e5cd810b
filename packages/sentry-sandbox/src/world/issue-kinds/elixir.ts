import { defineErrors } from './define-errors.ts'

export const elixirErrors = defineErrors([
  [
    'Elixir.FunctionClauseError',
    'no function clause matching in {Noun}.Server.handle_call/3',
    'lib/{noun}/server.ex',
    '{Noun}.Server.handle_call/3',
    'Elixir.{Noun}.Server',
  ],
  [
    'Elixir.DBConnection.ConnectionError',
    'connection not available and request was dropped from queue after {number}ms',
    'lib/{noun}/repo.ex',
    '{Noun}.Repo.all/2',
    'Elixir.{Noun}.Repo',
  ],
  ['Elixir.KeyError', 'key :{field} not found', 'lib/{noun}/{noun}.ex', '{Noun}.build/1', 'Elixir.{Noun}'],
  [
    'Elixir.RuntimeError',
    '** (exit) exited in: GenServer.call({Noun}.Worker, :flush, 5000)',
    'lib/{noun}/worker.ex',
    '{Noun}.Worker.flush/1',
    'Elixir.{Noun}.Worker',
    { level: 'fatal' },
  ],
])
