export { createGraphClient, type GraphClient, type GraphClientOptions, type GraphResult } from './graph-client.ts'
export { GatewayError, type GatewayErrorCode } from './gateway-error.ts'
