import { chmodSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

const schema = `
  create table if not exists authorizations (
    client_id text not null,
    person_id text not null,
    scopes text not null,
    primary key (client_id, person_id)
  ) strict;
  create table if not exists codes (
    code text primary key,
    client_id text not null,
    person_id text not null,
    redirect_uri text not null,
    scopes text not null,
    code_challenge text,
    expires_at integer not null
  ) strict;
  create table if not exists tokens (
    access_token text primary key,
    refresh_token text not null unique,
    client_id text not null,
    person_id text not null,
    scopes text not null,
    expires_at integer not null
  ) strict;
  create table if not exists browser_sessions (
    id text primary key,
    person_id text,
    csrf_token text not null,
    pending_authorization text
  ) strict;
`

/** Opens the SQLite file (or `:memory:`) that holds everything the authorization server remembers; creates it for its owner only. */
export function openDatabase(file: string): DatabaseSync {
  const isFile = file !== ':memory:'
  if (isFile) mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const database = new DatabaseSync(file)
  if (isFile) chmodSync(file, 0o600)
  database.exec('pragma journal_mode = wal; pragma busy_timeout = 5000')
  database.exec(schema)
  return database
}
