import { visibleOrganisations } from './console/members.ts'
import { exportReminders } from './console/reminders/export-reminders.ts'
import { listOnPage } from './console/reminders/reminder-list.ts'
import { readPoints } from './features/liaison/coverage.ts'
import { exportCoverage } from './features/liaison/export-coverage.ts'
import { readLiaisonRules } from './features/liaison/rules.ts'
import { exportLearning, learningLines } from './features/planning/duties/learning-table.ts'
import { mustDo } from './features/planning/plans/access.ts'
import { itemTableColumns } from './features/planning/plans/columns.ts'
import { exportPlan } from './features/planning/plans/export-plan.ts'
import { readPlan } from './features/planning/plans/records.ts'
import { namesIn } from './features/planning/plans/show-plans.ts'
import type { ExportableTable } from './features/pushes/context.ts'
import { numbered, single, yearly } from './features/pushes/describe-table.ts'
import type { ResourcesContext } from './features/resources/context.ts'
import { resourceColumns } from './features/resources/keeping/columns.ts'
import { exportResources } from './features/resources/keeping/export-resources.ts'
import { resourcesOf } from './features/resources/records.ts'
import { sightOf } from './features/resources/sight.ts'
import { PlainError } from './messages/plain-error.ts'
import { actorOf } from './people/actor.ts'
import { type Action, can } from './people/can.ts'
import type { Reads } from './people/people.ts'

const format = 'xlsx' as const

/** Tables of duties and of what is kept for them that may be pushed, for whom their exports are. */
export function openDutyTables({
  store,
  kinds,
  knowledgeDir,
}: ResourcesContextWithFolder): ExportableTable[] {
  const { db } = store
  const rules = readLiaisonRules(knowledgeDir)

  return [
    single('reminders', { 'zh-CN': ['提醒事项', '提醒'], en: ['reminders'] }, async (asked) => {
      const { person, language, today } = asked
      const organisations = (await within(db, asked, 'reminder.view')).map(({ id }) => id)
      const { pieces } = exportReminders({ language, today }, (part) =>
        listOnPage(db, { person, organisations }, { source: 'made' }, { ...part, language }),
      )
      return { pieces, keys: [[0]] }
    }),
    single('resources', { 'zh-CN': ['科普资源'], en: ['science resources', 'resources'] }, async (asked) => {
      const { person, language, today } = asked
      const { kept } = await sightOf(db, person, today)
      if (kept.size === 0) throw new PlainError('console:not-allowed')
      const rows = await resourcesOf(db, kept)
      const { pieces } = exportResources(db, rows, { kinds, format, language, today })
      return { pieces, keys: [[resourceColumns.indexOf('number')]] }
    }),
    single(
      'liaison',
      { 'zh-CN': ['联系覆盖', '联系'], en: ['liaison coverage', 'liaison'] },
      async (asked) => {
        const { language, today } = asked
        const reach = (await within(db, asked, 'liaison.view')).map(({ id }) => id)
        const points = await readPoints(db, rules, reach, today)
        return { pieces: exportCoverage(points, { rules, language, today }).pieces, keys: [[0], [0]] }
      },
    ),
    numbered(
      'plans',
      /^JH-/,
      { 'zh-CN': ['计划任务', '计划'], en: ['plan items', 'plan'] },
      async (asked) => {
        const { record, person, language, today } = asked
        const plan = await readPlan(db, record)
        await mustDo(db, person, 'plan.view', plan.row.organisation, today)
        const { pieces } = exportPlan(plan, await namesIn(db, [plan]), { format, language })
        return { ...plan.row, pieces, keys: [[itemTableColumns.indexOf('position')]] }
      },
    ),
    yearly('learning', { 'zh-CN': ['学习进度'], en: ['learning'] }, async (asked) => {
      const paths = new Map((await within(db, asked, 'plan.view')).map(({ id, path }) => [id, path]))
      const lines = await learningLines(db, paths, asked)
      return { pieces: exportLearning(lines, asked).pieces, keys: [[0, 1]] }
    }),
  ]
}

type ResourcesContextWithFolder = Pick<ResourcesContext, 'store' | 'kinds'> & { knowledgeDir: string }

/** The organisations in which somebody may do it. Throws PlainError where there is none. */
async function within(db: Reads, { person, today }: { person: string; today: string }, action: Action) {
  const actor = await actorOf(db, person, today)
  const visible = await visibleOrganisations(db, actor)
  const places = visible.filter(({ place }) => can(actor, action, place))
  if (places.length === 0) throw new PlainError('console:not-allowed')
  return places
}
