/** What stands behind every field of an event. */
export const eventEndpoint = '`GET organizations/{org}/issues/{issue}/events/{event}/` (scope `event:read`)'
export const eventSource = `Sentry: ${eventEndpoint}.`
