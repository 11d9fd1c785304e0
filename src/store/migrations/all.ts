import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../connections.ts'
import { createLibrary } from './001-library.ts'
import { createAnswerLog } from './002-answer-log.ts'
import { createPeople } from './003-people.ts'
import { createIntake } from './004-intake.ts'
import { createDelivery } from './005-delivery.ts'
import { createTimers } from './006-timers.ts'
import { createForms } from './007-forms.ts'
import { createHelp } from './008-help.ts'
import { createLearnedHints } from './009-learned-hints.ts'
import { createWebChat } from './010-web-chat.ts'
import { createDirectoryEntries } from './011-directory.ts'
import { createHeardChats } from './012-heard-chats.ts'
import { createSubmissions } from './013-submissions.ts'
import { createSeal } from './014-seal.ts'
import { createProblems } from './015-problems.ts'
import { createEvents } from './016-events.ts'
import { createResources } from './017-resources.ts'
import { createCarriers } from './018-carriers.ts'
import { createEventLists } from './019-event-lists.ts'
import { createReminders } from './020-reminders.ts'
import { createProfiles } from './021-organisations.ts'
import { createLiaison } from './022-liaison.ts'
import { createPlanning } from './023-planning.ts'
import { createDuties } from './024-duties.ts'
import { tellLateItemsTogether } from './025-late-items.ts'
import { addReminderTexts } from './026-reminder-texts.ts'
import { createReminderEvidence } from './027-reminder-evidence.ts'
import { createCirculation } from './030-circulation.ts'
import { createCampaigns } from './031-campaigns.ts'
import { createNotices } from './032-notices.ts'
import { createDocuments } from './033-documents.ts'
import { createJudging } from './034-judging.ts'
import { createConsultations } from './035-consultations.ts'
import { createCollections } from './036-collections.ts'
import { addNominees } from './037-nominees.ts'
import { createAssessment } from './039-assessment.ts'
import { indexStandings } from './040-standing.ts'
import { addAssessedCampaigns } from './041-assessed-campaigns.ts'
import { createPlanPapers } from './042-plan-papers.ts'
import { createPushes } from './043-pushes.ts'
import { keepExpected } from './044-expected.ts'
import { indexRankings } from './045-ranking.ts'
import { guardAnswers } from './046-guarded.ts'

/**
 * Every change of the tables, in order. A name is never changed once it was released: it is how a database
 * knows what was done to it. They run in alphabetical order, hence the numbers.
 */
export function allMigrations(types: ColumnTypes): Record<string, Migration> {
  return {
    '001-library': { up: (db) => createLibrary(db, types) },
    '002-answer-log': { up: createAnswerLog },
    '003-people': { up: createPeople },
    '004-intake': { up: (db) => createIntake(db, types) },
    '005-delivery': { up: (db) => createDelivery(db, types) },
    '006-timers': { up: createTimers },
    '007-forms': { up: (db) => createForms(db, types) },
    '008-help': { up: createHelp },
    '009-learned-hints': { up: createLearnedHints },
    '010-web-chat': { up: createWebChat },
    '011-directory': { up: createDirectoryEntries },
    '012-heard-chats': { up: createHeardChats },
    '013-submissions': { up: (db) => createSubmissions(db, types) },
    '014-seal': { up: createSeal },
    '015-problems': { up: createProblems },
    '016-events': { up: (db) => createEvents(db, types) },
    '017-resources': { up: createResources },
    '018-carriers': { up: createCarriers },
    '019-event-lists': { up: (db) => createEventLists(db, types) },
    '020-reminders': { up: createReminders },
    '021-organisations': { up: createProfiles },
    '022-liaison': { up: createLiaison },
    '023-planning': { up: createPlanning },
    '024-duties': { up: createDuties },
    '025-late-items': { up: tellLateItemsTogether },
    '026-reminder-texts': { up: addReminderTexts },
    '027-reminder-evidence': { up: createReminderEvidence },
    '030-circulation': { up: createCirculation },
    '031-campaigns': { up: createCampaigns },
    '032-notices': { up: createNotices },
    '033-documents': { up: createDocuments },
    '034-judging': { up: createJudging },
    '037-nominees': { up: addNominees },
    '035-consultations': { up: createConsultations },
    '036-collections': { up: createCollections },
    '039-assessment': { up: createAssessment },
    '040-standing': { up: indexStandings },
    '041-assessed-campaigns': { up: addAssessedCampaigns },
    '042-plan-papers': { up: createPlanPapers },
    '043-pushes': { up: createPushes },
    '044-expected': { up: keepExpected },
    '045-ranking': { up: indexRankings },
    '046-guarded': { up: guardAnswers },
  }
}
