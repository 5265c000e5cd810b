/** Where the control API and its page are. What happens there is neither recorded nor ever faulty. */
export const controlPath = '/sandbox/'

export function isControlPath(path: string): boolean {
  return path.startsWith(controlPath)
}
