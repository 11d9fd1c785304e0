import { expect, test } from 'vitest'
import { readSources, withoutTests } from './source-files.ts'

/** What each platform has: the port, its pure rendering, and the surface's limits in one table. */
const always = ['limits.ts', 'platform.ts', 'render-card.ts']
/** Both are chat services with events, cards and forms: who knows one finds the way in the other. */
const alike = ['feishu', 'slack']
/** Rendering that several platforms share; no platform itself. */
const shared = ['text']

function findDifferences(paths: string[]): string[] {
  const platforms = new Map<string, Set<string>>()
  for (const path of paths) {
    const [, name, file] = /^src\/platforms\/([^/]+)\/(.+)$/.exec(path) ?? []
    if (!name || !file || shared.includes(name)) continue
    platforms.set(name, (platforms.get(name) ?? new Set()).add(file))
  }
  const wanted = new Map([...platforms.keys()].map((name) => [name, new Set(always)]))
  const twins = alike.filter((name) => platforms.has(name))
  if (twins.length > 1) {
    for (const name of twins) {
      for (const other of twins) for (const file of platforms.get(other)!) wanted.get(name)!.add(file)
    }
  }
  return [...wanted].flatMap(([name, files]) =>
    [...files]
      .filter((file) => !platforms.get(name)!.has(file))
      .map((file) => `src/platforms/${name}/${file} is missing`),
  )
}

test('platforms hold files of the same names', () => {
  const paths = [...withoutTests(readSources('src/platforms')).keys()]
  expect(paths).toContain('src/platforms/web/platform.ts')
  expect(paths).toContain('src/platforms/terminal/platform.ts')
  expect(findDifferences(paths)).toEqual([])
})

test('a missing file is named', () => {
  const full = (name: string) => always.map((file) => `src/platforms/${name}/${file}`)
  const web = full('web')
  expect(
    findDifferences([
      ...web,
      'src/platforms/web/page.ts',
      'src/platforms/text/wrap.ts',
      'src/platforms/a.ts',
    ]),
  ).toEqual([])
  expect(findDifferences(web.slice(1))).toEqual(['src/platforms/web/limits.ts is missing'])
  expect(findDifferences([...full('feishu'), 'src/platforms/feishu/receive.ts'])).toEqual([])
  expect(findDifferences([...full('feishu'), ...full('slack'), 'src/platforms/feishu/receive.ts'])).toEqual([
    'src/platforms/slack/receive.ts is missing',
  ])
})
