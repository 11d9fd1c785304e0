import type { Mine, Whose } from '../../conversation/feature.ts'
import { translate } from '../../messages/translate.ts'
import type { FoundingContext } from './context.ts'
import { readSteps } from './steps.ts'

const mostItems = 5

/** The next steps of running foundings that are somebody's, those due first before the others. */
export async function listMine(
  { knowledgeDir }: Pick<FoundingContext, 'knowledgeDir'>,
  { db, person, language }: Whose,
): Promise<Mine[]> {
  if (person === null) return []
  const rows = await db
    .selectFrom('founding_step as step')
    .innerJoin('founding_case as founding', 'founding.id', 'step.founding')
    .innerJoin('organisation', 'organisation.id', 'founding.organisation')
    .select(['step.founding', 'step.position', 'step.step', 'step.due_on', 'organisation.name'])
    .where('founding.state', '=', 'running')
    .where('step.done_on', 'is', null)
    .where(({ or, and, eb }) =>
      or([
        eb('step.owner', '=', person),
        and([eb('step.owner', 'is', null), eb('founding.owner', '=', person)]),
      ]),
    )
    .orderBy('step.due_on')
    .orderBy('step.position')
    .execute()
  // Of each founding the next one: what follows cannot be done yet.
  const seen = new Set<string>()
  const next = rows.filter(({ founding }) => !seen.has(founding) && seen.add(founding))
  if (next.length === 0) return []
  const { steps } = readSteps(knowledgeDir)
  const titleOf = (name: string) => steps.find((step) => step.name === name)?.title[language] ?? name
  return [
    {
      ...{ kind: 'to-do', title: translate(language, 'founding:mine.title'), count: next.length },
      items: next.slice(0, mostItems).map(({ founding, position, step, due_on, name }) => ({
        title: `${name} · ${titleOf(step)}`,
        state: translate(language, 'founding:mine.due', { day: due_on }),
        buttons: [
          {
            ...{ label: translate(language, 'founding:mine.done'), action: 'founding.done', opens: 'beside' },
            value: { founding, position: String(position) },
          },
        ],
      })),
      more: translate(language, 'founding:mine.more'),
    },
  ]
}
