import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { openDatabase } from './database.ts'
import { createTokens } from './tokens.ts'

test('a state file of the first layout is carried over with its tokens', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-'))
  const file = join(folder, 'state.sqlite')
  const old = new DatabaseSync(file)
  old.exec(`
    create table tokens (
      access_token text primary key, refresh_token text not null unique, client_id text not null,
      person_id text not null, scopes text not null, expires_at integer not null
    ) strict;
    insert into tokens values ('access', 'refresh', 'client', 'person', '["org:read"]', 1000);
  `)
  old.close()

  for (const _opening of ['first', 'second']) {
    const database = openDatabase(file)
    const tokens = createTokens(
      database,
      () => new Date(0),
      () => 60,
      () => undefined,
    )
    expect(tokens.findByAccessToken('access')).toEqual({
      accessToken: 'access',
      refreshToken: 'refresh',
      clientId: 'client',
      personId: 'person',
      organizationId: null,
      scopes: ['org:read'],
      expiresAt: new Date(1000),
    })
    database.close()
  }
  await rm(folder, { recursive: true })
})
