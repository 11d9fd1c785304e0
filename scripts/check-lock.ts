import { readFileSync } from 'node:fs'

/** What of package-lock.json (version 3) is looked at. */
export interface LockFile {
  packages: Record<string, LockEntry>
}

interface LockEntry {
  version?: string
  resolved?: string
  hasInstallScript?: boolean
  optionalDependencies?: Record<string, string>
}

interface Manifest {
  allowScripts?: Record<string, boolean>
}

/**
 * What would make `npm ci` fail, or fetch from a place of our own choosing, on somebody else's machine. One
 * plain line for each problem; none if all is well.
 * @param npmrc the text of `.npmrc`.
 */
export function findLockProblems(lock: LockFile, manifest: Manifest, npmrc: string): string[] {
  return [
    ...findPlatformGaps(lock),
    ...findAddresses(lock),
    ...findUnnamedScripts(lock, manifest),
    ...npmrc
      .split('\n')
      .filter(
        (line) => !/^\s*[#;]/.test(line) && (/:\/\//.test(line) || /registry\s*=|_auth|proxy/i.test(line)),
      )
      .map((line) => `.npmrc names a host or a credential: ${line.split('=')[0]!.trim()}`),
  ]
}

/** npm writes only the native packages of the machine it runs on if an older lock or node_modules misleads it. */
function findPlatformGaps({ packages }: LockFile): string[] {
  return Object.entries(packages).flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !isInstalled(packages, path, name))
      .map((name) => `package-lock.json lacks ${name}, an optional part of ${packageName(path)}`),
  )
}

/** Node looks for a package beside the one that asks, then further up. */
function isInstalled(packages: LockFile['packages'], from: string, name: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    if (packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`]) return true
    if (folder === '') return false
  }
}

/** A host in `resolved` is the one that the last person to install happened to use. */
function findAddresses({ packages }: LockFile): string[] {
  return Object.entries(packages)
    .filter(([, { resolved }]) => resolved !== undefined)
    .map(([path]) => `package-lock.json says where ${packageName(path)} was fetched from (resolved)`)
}

/** Both ways: a script that nobody allowed, and a permission that nothing needs any more. */
function findUnnamedScripts({ packages }: LockFile, { allowScripts = {} }: Manifest): string[] {
  const withScript = new Set(
    Object.entries(packages).flatMap(([path, entry]) => (entry.hasInstallScript ? [packageName(path)] : [])),
  )
  const named = Object.keys(allowScripts)
  return [
    ...[...withScript]
      .filter((name) => !named.includes(name))
      .map((name) => `${name} has an install script: name it in allowScripts of package.json`),
    ...named
      .filter((name) => !withScript.has(name))
      .map((name) => `allowScripts of package.json names ${name}, which has no install script`),
  ]
}

function packageName(path: string): string {
  return path === '' ? 'the project' : path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
}

if (import.meta.main) {
  const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8')
  const problems = findLockProblems(
    JSON.parse(read('package-lock.json')),
    JSON.parse(read('package.json')),
    read('.npmrc'),
  )
  for (const problem of problems) console.error(problem)
  if (problems.length > 0) process.exitCode = 1
  else
    console.log('package-lock.json holds all platforms, no host, and no install script that is not allowed.')
}
