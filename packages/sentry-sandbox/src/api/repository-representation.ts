import type { Repository } from '../world/repository.ts'

/** A repository; one that no integration knows has no address and an unknown provider. */
export function presentRepository({ id, name, status, dateCreated, integration }: Repository): object {
  return {
    id,
    name,
    url: integration?.url ?? null,
    provider:
      integration === null
        ? { id: 'unknown', name: 'Unknown Provider' }
        : { id: 'integrations:github', name: 'GitHub' },
    status,
    dateCreated,
    integrationId: integration?.id ?? null,
    externalSlug: integration === null ? null : name,
    externalId: integration?.externalId ?? null,
    settings: null,
  }
}
