import { expect, test } from 'vitest'
import { readSources } from './source-files.ts'
import { countLines, findOffences, findVagueNames, longerFiles } from './style.ts'

const files = readSources()

test('the files of the project keep to its style', () => {
  expect(files.has('package.json')).toBe(true)
  expect([...files.keys()].some((path) => path.startsWith('node_modules/'))).toBe(false)
  expect(findOffences(files)).toEqual([])
})

test('each file has a name that says what is inside', () => {
  expect(findVagueNames(files.keys())).toEqual([])
  expect(
    findVagueNames(['src/utils.ts', 'src/date-helpers.ts', 'src/sweepDue.ts', 'src/sweep-due.test.ts']),
  ).toEqual(['src/utils.ts', 'src/date-helpers.ts', 'src/sweepDue.ts'])
})

test('files that may be longer are there and are longer', () => {
  for (const [path, reason] of Object.entries(longerFiles)) {
    expect(reason.length).toBeGreaterThan(20)
    expect(countLines(files.get(path) ?? '')).toBeGreaterThan(320)
  }
})

// In pieces, since these files are looked at as well.
const join = (...pieces: string[]) => pieces.join('')

test.each([
  ['test/a.test.ts', join('test', ".skip('a', () => {})"), 'a test that does not run'],
  ['test/a.test.ts', join('describe', '.only("a", () => {})'), 'a test that does not run'],
  [
    'test/a.test.ts',
    join('test', '.each([1])', "('a', (context) => context", '.skip())'),
    'a test that does not run',
  ],
  ['docs/a.md', join('TO', 'DO: write this'), 'work left for later'],
  ['src/a.ts', join('const a = b as ', 'any'), 'a type given up'],
  ['src/a.ts', join('function f(a: ', 'any) {}'), 'a type given up'],
  ['src/a.ts', join('// @', 'ts-ignore'), 'a check turned off'],
  ['src/store/store.ts', join('console', ".log('here')"), 'output outside of the command line'],
  ['docs/a.md', join('see /', 'home/me/notes'), 'a path of one machine'],
  ['src/a.ts', join("readFile('/", "work/a.txt')"), 'a path of one machine'],
  ['.npmrc', join('reg', 'istry=https://reg', 'istry.example.com/'), 'the host of a package registry'],
  ['README.md', join('https://npm', '.example.org/a'), 'the host of a package registry'],
  ['src/a.ts', '\n'.repeat(321), '321 lines, more than 320'],
])('%s with %j is found', (path, source, offence) => {
  expect(findOffences(new Map([[path, source]])).join('\n')).toContain(offence)
})

test('what only looks like an offence is none', () => {
  const innocent = new Map([
    ['src/command-line/kb.ts', "console.log('done')"],
    ['src/a.ts', '// console.log is for the command line\nconst many = "as any of them"\n'],
    [
      'src/b.ts',
      "app.get('/api/home/', show)\nconst url = base + `)/work/page`\nawait import('../work/a.ts')\n",
    ],
    ['docs/a.md', 'npm test runs the tests, npm ci installs. See https://example.org/home/page.'],
    ['src/c.ts', 'const a = 1\n'.repeat(320)],
  ])
  expect(findOffences(innocent)).toEqual([])
})
