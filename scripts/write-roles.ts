import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { actions, rules, type Scope } from '../src/people/role-rules.ts'
import { roles } from '../src/people/roles.ts'

const file = fileURLToPath(new URL('../docs/roles.md', import.meta.url))
const begin = '<!-- The table is written by scripts/write-roles.ts from src/people/role-rules.ts. -->'
const end = '<!-- End of the table. -->'

const words: Record<Scope, string> = { self: 'self', own: 'own', below: 'own + below' }

/** The actions that no code asks for: they have a rule, but neither page nor command behind them. */
function unusedActions(): Set<string> {
  const folder = fileURLToPath(new URL('../src/', import.meta.url))
  const code = globSync('**/*.ts', { cwd: folder })
    .filter((path) => path !== join('people', 'role-rules.ts') && !path.endsWith('.test.ts'))
    .map((path) => readFileSync(join(folder, path), 'utf8'))
    .join('\n')
  return new Set(actions.filter((action) => !code.includes(`'${action}'`)))
}

/** Role × action as a table; an empty cell means: not allowed. */
export function rolesTable(): string {
  const unused = unusedActions()
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    line(['action', ...roles, 'remark']),
    line(['---', ...roles.map(() => '---'), '---']),
    ...actions.map((action) =>
      line([
        `\`${action}\``,
        ...roles.map((role) => {
          const scope = rules[role][action]
          return scope ? words[scope] : ''
        }),
        unused.has(action) ? 'not used yet' : '',
      ]),
    ),
  ].join('\n')
}

/** The document with the table of today in the place of the one it has. */
export function withTable(document: string): string {
  const [from, to] = [document.indexOf(begin), document.indexOf(end)]
  if (from < 0 || to < from) throw new Error('docs/roles.md has lost the marks around its table')
  return `${document.slice(0, from)}${begin}\n\n${rolesTable()}\n\n${document.slice(to)}`
}

if (import.meta.main) writeFileSync(file, withTable(readFileSync(file, 'utf8')))
