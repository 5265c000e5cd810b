import type { GraphBuilder } from '../builder.ts'

export function addAddressFamily(builder: GraphBuilder) {
  return builder.enumType('AddressFamily', {
    description: 'A kind of internet address. Known to the gateway; no Sentry call.',
    values: {
      IPV4: { value: 'ipv4', description: 'Internet Protocol version 4.' },
      IPV6: { value: 'ipv6', description: 'Internet Protocol version 6.' },
    },
  })
}
