/** What stands between the slashes of a path that came over the wire; null when a part of it cannot be decoded. */
export function readPathParts(path: string): string[] | null {
  const parts = path.split('/').map(decodePart)
  return parts.every((part) => part !== null) ? parts : null
}

function decodePart(part: string): string | null {
  if (!part.includes('%')) return part
  try {
    return decodeURIComponent(part)
  } catch (error) {
    if (error instanceof URIError) return null
    throw error
  }
}
