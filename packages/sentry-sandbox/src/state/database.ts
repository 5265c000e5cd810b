import { chmodSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

const firstLayout = `
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

/** Tokens of the implicit flow have nothing to refresh with; organization-bound ones name their organization. */
const boundTokensAndDevices = `
  create table bound_tokens (
    access_token text primary key,
    refresh_token text unique,
    client_id text not null,
    person_id text not null,
    organization_id text,
    scopes text not null,
    expires_at integer not null
  ) strict;
  insert into bound_tokens
    select access_token, refresh_token, client_id, person_id, null, scopes, expires_at from tokens;
  drop table tokens;
  alter table bound_tokens rename to tokens;
  alter table codes add column organization_id text;
  create table device_codes (
    device_code text primary key,
    user_code text not null unique,
    client_id text not null,
    scopes text not null,
    status text not null default 'pending',
    person_id text,
    organization_id text,
    expires_at integer not null,
    polled_at integer
  ) strict;
`

const migrations = [firstLayout, boundTokensAndDevices]

/** Opens the SQLite file (or `:memory:`) that holds everything the authorization server remembers; creates it for its owner only. */
export function openDatabase(file: string): DatabaseSync {
  const isFile = file !== ':memory:'
  if (isFile) mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const database = new DatabaseSync(file)
  if (isFile) chmodSync(file, 0o600)
  database.exec('pragma journal_mode = wal; pragma busy_timeout = 5000')
  migrate(database)
  return database
}

function migrate(database: DatabaseSync): void {
  const version = Number(database.prepare('pragma user_version').get()?.['user_version'] ?? 0)
  for (const [index, migration] of migrations.entries()) {
    if (index < version) continue
    database.exec(`begin; ${migration}; pragma user_version = ${index + 1}; commit`)
  }
}
