import { join } from 'node:path'
import type { Mine, Whose } from '../../../conversation/feature.ts'
import { translate } from '../../../messages/translate.ts'
import type { Trx } from '../../../store/store.ts'
import { setTimer } from '../../../timers/set-timer.ts'
import type { PlanningContext } from '../context.ts'
import type { PlanningPart } from '../part.ts'
import { dutyActions } from './duty-actions.ts'
import { dutyCommands } from './duty-commands.ts'
import { dutiesTimer, keepDuties, setNextLook } from './keep-duties.ts'
import { tellAllProgress } from './learning.ts'
import { yearlyForms } from './learning-forms.ts'
import { meetingForms } from './meeting-forms.ts'
import { readDutyTemplates } from './templates.ts'

const mostItems = 5

/**
 * Duties that the guideline has each year: reports to leaders, rules reviewed, learning (clauses 16, 17).
 * Throws PlainError where knowledge/planning/duties.yaml is wrong.
 */
export function createDutiesPart(context: PlanningContext): PlanningPart {
  const templates = readDutyTemplates(dutiesFile(context))
  return {
    actions: dutyActions(context),
    commands: dutyCommands(context),
    forms: [...meetingForms(context), ...yearlyForms(context)],
    timers: {
      [dutiesTimer]: async (trx, _payload, now) => {
        const changed = await keepDuties(trx, context, templates, now)
        await tellAllProgress(trx, context, now)
        // There may be more than one transaction should hold: what was changed is not met again.
        await setNextLook(trx, now, changed > 0)
      },
    },
    mine: openDecisions,
  }
}

/** Where the templates of duties are. */
export function dutiesFile({ knowledgeDir }: Pick<PlanningContext, 'knowledgeDir'>): string {
  return join(knowledgeDir, 'planning', 'duties.yaml')
}

/** Sees at the start that duties are looked at, at once. */
export async function beginDuties(trx: Trx, now: Date): Promise<void> {
  await setTimer(trx, { id: dutiesTimer, kind: dutiesTimer, payload: {}, at: now, now })
}

/** Decisions that somebody has to carry out, the soonest due first. */
async function openDecisions({ db, person, language }: Whose): Promise<Mine[]> {
  if (person === null) return []
  const rows = await db
    .selectFrom('report_decision')
    .selectAll()
    .where('owner', '=', person)
    .where('state', '=', 'open')
    .orderBy('due_on')
    .orderBy('id')
    .execute()
  if (rows.length === 0) return []
  return [
    {
      kind: 'to-do',
      title: translate(language, 'planning:duty.mine.title'),
      count: rows.length,
      items: rows.slice(0, mostItems).map(({ id, text, due_on: day, note }) => ({
        title: text,
        state: translate(language, 'planning:duty.mine.due', { day, note }),
        buttons: [
          {
            label: translate(language, 'planning:duty.mine.report'),
            ...{ action: 'planning.decision', value: { decision: id }, opens: 'beside' as const },
          },
        ],
      })),
      more: translate(language, 'planning:duty.mine.more'),
    },
  ]
}
