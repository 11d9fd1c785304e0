import { expect, test } from 'vitest'
import { findLockProblems, type LockFile } from '../../scripts/check-lock.ts'

const lock: LockFile = {
  packages: {
    '': { version: '1.0.0' },
    'node_modules/fast': {
      version: '2.0.0',
      optionalDependencies: { 'fast-linux': '2.0.0', '@fast/mac': '2.0.0' },
    },
    'node_modules/fast-linux': { version: '2.0.0' },
    'node_modules/fast/node_modules/@fast/mac': { version: '2.0.0', hasInstallScript: true },
  },
}
const manifest = { allowScripts: { '@fast/mac': true } }

test('a whole lock file has no problems', () => {
  expect(findLockProblems(lock, manifest, 'omit-lockfile-registry-resolved=true\n# registry=…\n')).toEqual([])
})

test('a platform whose package is left out is named', () => {
  const { 'node_modules/fast-linux': _, ...packages } = lock.packages
  expect(findLockProblems({ packages }, manifest, '')).toEqual([
    'package-lock.json lacks fast-linux, an optional part of fast',
  ])
})

test('an address is reported, in the lock file and in .npmrc', () => {
  const packages = { ...lock.packages, 'node_modules/far': { resolved: 'https://example.invalid/far.tgz' } }
  expect(findLockProblems({ packages }, manifest, '')).toEqual([
    'package-lock.json says where far was fetched from (resolved)',
  ])
  expect(findLockProblems(lock, manifest, 'registry=https://example.invalid/')).toEqual([
    '.npmrc names a host or a credential: registry',
  ])
})

test('install scripts and permissions match', () => {
  expect(findLockProblems(lock, {}, '')).toEqual([
    '@fast/mac has an install script: name it in allowScripts of package.json',
  ])
  const more = { allowScripts: { ...manifest.allowScripts, gone: true } }
  expect(findLockProblems(lock, more, '')).toEqual([
    'allowScripts of package.json names gone, which has no install script',
  ])
})
