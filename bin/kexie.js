#!/usr/bin/env node
// `npx kexie …`: npx puts node_modules/.bin first on the PATH, so this usually runs on the project's own Node 24,
// which takes TypeScript as it is. Started by an older Node, it hands over to that one.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

if (Number(process.versions.node.split('.')[0]) >= 24) {
  await import('../src/cli.ts')
} else {
  const node = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url))
  const self = fileURLToPath(import.meta.url)
  const { status, error } = spawnSync(node, [self, ...process.argv.slice(2)], { stdio: 'inherit' })
  if (error) process.stderr.write('kexie: run `npm ci` first; it brings Node 24.\n')
  process.exitCode = status ?? 1
}
