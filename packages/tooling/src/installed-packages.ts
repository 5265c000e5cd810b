import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const installScripts = ['preinstall', 'install', 'postinstall']

/** Names of the packages in pnpm's store folder of a workspace that would run a script of theirs when they are installed. */
export function findInstallScripts(virtualStore: string): string[] {
  const names = readdirSync(virtualStore)
    .map((entry) => join(virtualStore, entry, 'node_modules'))
    .filter((folder) => existsSync(folder))
    .flatMap(listPackageFolders)
    .filter((folder) => !lstatSync(folder).isSymbolicLink() && runsScript(folder))
    .map((folder) => readManifest(folder).name)
  return [...new Set(names)].toSorted()
}

function listPackageFolders(modules: string): string[] {
  return readdirSync(modules).flatMap((entry) => {
    const folder = join(modules, entry)
    return entry.startsWith('@') ? readdirSync(folder).map((name) => join(folder, name)) : [folder]
  })
}

/** npm and pnpm compile what has a binding.gyp, without being told to by a script. */
function runsScript(folder: string): boolean {
  if (!existsSync(join(folder, 'package.json'))) return false
  const { scripts = {} } = readManifest(folder)
  return installScripts.some((script) => script in scripts) || existsSync(join(folder, 'binding.gyp'))
}

function readManifest(folder: string): { name: string; scripts?: Record<string, string> } {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}
