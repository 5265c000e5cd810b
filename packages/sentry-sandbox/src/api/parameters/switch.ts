/** Whether a parameter that is on or off is on: the last value counts. */
export function isOn(query: URLSearchParams, name: string, otherwise = false): boolean {
  const text = query.getAll(name).at(-1)
  return text === undefined || text === '' ? otherwise : ['1', 'true', 'True', 'yes'].includes(text)
}
