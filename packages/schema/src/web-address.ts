/** The text when it is an absolute http or https URL, else null: an address from elsewhere may end up in a link. */
export function webAddress(text: string | null): string | null {
  const url = text === null ? null : URL.parse(text)
  return url && (url.protocol === 'https:' || url.protocol === 'http:') ? text : null
}
