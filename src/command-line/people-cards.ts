import type { Card } from '../chat/card.ts'
import type { Language } from '../chat/language.ts'
import { kindName, roleName } from '../console/say.ts'
import { explainError, translate } from '../messages/translate.ts'
import type { ImportReport } from '../people/import-people.ts'
import type { Roster, RosterMember } from '../people/roster.ts'

const outcomes = ['added', 'changed', 'unchanged', 'refused'] as const

/** What became of a file: how many rows of each outcome, then every row that somebody has to look at. */
export function importCard(
  { rows, ignored, signedOut = [] }: Pick<ImportReport, 'rows' | 'ignored'> & Partial<ImportReport>,
  language: Language,
): Card {
  const count = (outcome: string) => rows.filter((row) => row.outcome === outcome).length
  const say = (key: string, values = {}) => translate(language, `people:command.report.${key}`, values)
  const [added, changed, unchanged, refused] = outcomes.map(count) as [number, number, number, number]
  const noted = rows.filter(({ reason }) => reason !== null)
  return {
    tone: refused > 0 ? 'error' : 'info',
    blocks: [
      { type: 'text', runs: [{ text: say('totals', { added, changed, unchanged, refused }) }] },
      ...(ignored.length > 0
        ? [{ type: 'note' as const, text: say('ignored', { headings: ignored.join('、') }) }]
        : []),
      ...(signedOut.length > 0
        ? [{ type: 'note' as const, text: say('signed-out', { names: signedOut.join(say('joint')) }) }]
        : []),
      ...(noted.length > 0
        ? [
            {
              type: 'table' as const,
              header: [say('line'), say('name'), say('outcome'), say('reason')],
              rows: noted.map(({ line, name, outcome, reason }) => [
                String(line),
                name,
                say(outcome),
                explainError(reason, language),
              ]),
            },
          ]
        : []),
    ],
  }
}

/** Who is where, and as what. */
export function rosterCard({ organisations, others }: Roster, language: Language): Card {
  const say = (key: string) => translate(language, `people:command.list.${key}`)
  if (organisations.length === 0 && others.length === 0) {
    return { tone: 'info', blocks: [{ type: 'text', runs: [{ text: say('empty') }] }] }
  }
  const line = (path: string, kind: string, { name, roles, platforms, person }: RosterMember) => [
    path,
    kind,
    name,
    roles.map((role) => roleName(language, role)).join('、'),
    platforms.join('、'),
    person,
  ]
  return {
    tone: 'info',
    blocks: [
      {
        type: 'table',
        header: [say('organisation'), say('kind'), say('name'), say('roles'), say('accounts'), say('id')],
        rows: [
          ...organisations.flatMap(({ path, kind, members }) => {
            const word = kindName(language, kind)
            return members.length === 0
              ? [[path, word, '', '', '', '']]
              : members.map((member) => line(path, word, member))
          }),
          ...others.map((member) => line('', '', member)),
        ],
      },
    ],
  }
}
