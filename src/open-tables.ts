import { join } from 'node:path'
import { visibleOrganisations } from './console/members.ts'
import { canSomewhere } from './console/visit.ts'
import { exportResult } from './features/assessment/export-result.ts'
import { exportHonours, honouringPlaces, honoursIn } from './features/assessment/honours.ts'
import { ofYear } from './features/assessment/honours-span.ts'
import { readAssessment } from './features/assessment/records.ts'
import { assessmentSeenBy } from './features/assessment/show.ts'
import { lookerOf, maySee } from './features/campaigns/access.ts'
import { mayReadEntries } from './features/campaigns/judging/access.ts'
import { exportStatistics, statisticsOf } from './features/campaigns/making/campaign-statistics.ts'
import { exportStanding } from './features/campaigns/making/export-standing.ts'
import { allEntries } from './features/campaigns/making/show-campaigns.ts'
import { standingOfOrganisations, standingOfPeople } from './features/campaigns/making/standing.ts'
import { findCampaign, readCampaign } from './features/campaigns/records.ts'
import { carrierColumns } from './features/carriers/columns.ts'
import { contactNames, exportCarriers } from './features/carriers/export-carriers.ts'
import { overviewOf } from './features/carriers/overview.ts'
import { readCarrierRules } from './features/carriers/rules.ts'
import { collectionToView } from './features/collections/access.ts'
import { readCollection } from './features/collections/records.ts'
import {
  answerRows,
  exportCollection,
  tallyRows,
  unitRows,
} from './features/collections/tallying/export-collection.ts'
import { readTally } from './features/collections/tallying/read-answers.ts'
import { consultationOf } from './features/consultations/access.ts'
import { readResults } from './features/consultations/answers.ts'
import { exportResults } from './features/consultations/export-results.ts'
import { readConsultation } from './features/consultations/records.ts'
import { mayDo } from './features/events/check-in/organiser.ts'
import type { EventsContext } from './features/events/context.ts'
import { exportRegistrations } from './features/events/lists/registration-sheet.ts'
import { findEvent } from './features/events/records.ts'
import { noticeToMake } from './features/notices/access.ts'
import { exportMissing } from './features/notices/export-missing.ts'
import { readNotice } from './features/notices/records.ts'
import { exportProfiles } from './features/organisations/export-profiles.ts'
import { listProfiles } from './features/organisations/overview.ts'
import type { ExportableTable, TableRequest } from './features/pushes/context.ts'
import { numbered, single, yearly } from './features/pushes/describe-table.ts'
import type { SubmissionsContext } from './features/submissions/context.ts'
import { listExperts, rootsOf } from './features/submissions/experts/directory.ts'
import { exportExperts } from './features/submissions/experts/export-experts.ts'
import { expertColumns } from './features/submissions/experts/import-experts.ts'
import { usualColumns } from './features/submissions/ledger/columns.ts'
import { exportLedger, kindsOf } from './features/submissions/ledger/export-ledger.ts'
import { readStatistics } from './features/submissions/statistics/statistics.ts'
import { rulesOf } from './features/submissions/statistics/statistics-command.ts'
import { statisticsWorkbook } from './features/submissions/statistics/statistics-workbook.ts'
import { PlainError } from './messages/plain-error.ts'
import type { Campaigns } from './open-campaigns.ts'
import { actorOf } from './people/actor.ts'
import { can } from './people/can.ts'
import { listOrganisations } from './people/organisations.ts'
import { sheetsOf } from './spreadsheets/write-workbook.ts'

interface Opened {
  submissions: SubmissionsContext
  events: EventsContext
  campaigns: Omit<Campaigns, 'features'>
  knowledgeDir: string
}

const wholeHouse = { path: [] }

/**
 * Every table that may be pushed, each as the feature's own export gives it, and for whom that gives it: sealed content
 * and who gave an anonymous answer are in none of them.
 */
export function openTables({ submissions, events, campaigns, knowledgeDir }: Opened): ExportableTable[] {
  const { store } = submissions
  const { db } = store
  const rules = readCarrierRules(join(knowledgeDir, 'carriers.yaml'))
  const format = 'xlsx' as const

  return [
    single('ledger', { 'zh-CN': ['台账', '工作台账'], en: ['ledger'] }, async ({ person, language }) => {
      const given = { asker: { person }, filters: {}, format, template: null, language }
      const { pieces } = await exportLedger(submissions, given)
      const columns = usualColumns(kindsOf(submissions.kinds.everyVersion(), undefined))
      return { pieces, keys: [[columns.indexOf('number')]] }
    }),
    single('experts', { 'zh-CN': ['专家库', '专家'], en: ['experts'] }, async (asked) => {
      const { person, language, today } = asked
      const { kept } = await rootsOf(db, person, today)
      if (kept.length === 0) throw new PlainError('console:not-allowed')
      const experts = (await listExperts(db, kept, { retired: true })).filter(
        ({ state }) => state !== 'retired',
      )
      const { pieces } = exportExperts(experts, { format, language, today })
      return { pieces, keys: [[expertColumns.length]] }
    }),
    single('carriers', { 'zh-CN': ['服务载体', '载体'], en: ['carriers'] }, async (asked) => {
      const { person, language, today } = asked
      const actor = await actorOf(db, person, today)
      const places = (await visibleOrganisations(db, actor)).filter(({ place }) =>
        can(actor, 'carrier.view', place),
      )
      if (places.length === 0) throw new PlainError('console:not-allowed')
      const reach = can(actor, 'carrier.view', wholeHouse) ? null : places.map(({ id }) => id)
      const shown = await overviewOf(db, rules, reach, today)
      const contacts = await contactNames(db, shown)
      const { pieces } = exportCarriers(shown, contacts, { format, language, today })
      return { pieces, keys: [[carrierColumns.length], [0]] }
    }),
    single('organisations', { 'zh-CN': ['科协组织', '组织'], en: ['organisations'] }, async (asked) => {
      const { person, language, today } = asked
      const actor = await actorOf(db, person, today)
      const places = (await visibleOrganisations(db, actor)).filter(({ place }) =>
        can(actor, 'profile.view', place),
      )
      if (places.length === 0) throw new PlainError('console:not-allowed')
      const listed = await listProfiles(
        db,
        places.map(({ id }) => id),
      )
      return { pieces: exportProfiles(listed, { format, language, today }).pieces, keys: [[0], [0]] }
    }),
    numbered(
      'events',
      /^HD-/,
      { 'zh-CN': ['报名表', '活动'], en: ['registrations', 'event'] },
      async (asked) => {
        const { record, person, language, now } = asked
        const event = await findEvent(db, record)
        if (!event || !(await mayDo(db, event, person, 'event.export', now))) {
          throw new PlainError('announcing:refused.no-event')
        }
        // How the public is reached lies encrypted, to be erased: it does not go where nobody erases it.
        const given = { event, asker: 'house' as const, format, language }
        const { pieces } = await exportRegistrations(events, given)
        return { ...event.row, pieces, keys: [[1, 2]] }
      },
    ),
    numbered('collections', /^SJ-/, { 'zh-CN': ['征集'], en: ['collection'] }, async (asked) => {
      const { record, person, language, now } = asked
      const { id } = (await readCollection(db, record)).row
      const { collection, handles } = await collectionToView(db, id, person, now)
      const tally = await readTally(db, collection, { handles, language })
      if (typeof tally === 'string') throw new PlainError(`collections:refused.${tally}`)
      // Never row by row where nobody is to know who said what.
      const named = handles && collection.row.anonymity !== 'anonymous'
      const answers = named ? await answerRows(db, collection, language) : []
      const rows = { tally: tallyRows(tally, language), units: unitRows(tally, language), answers }
      const { pieces } = exportCollection(collection, rows, { format, language })
      return { ...collection.row, pieces, keys: sheetsOf(pieces).map(() => [0, 1]) }
    }),
    numbered(
      'consultations',
      /^ZX-/,
      { 'zh-CN': ['征询', '征询意见'], en: ['consultation'] },
      async (asked) => {
        const { record, person, language, now } = asked
        const { id } = (await readConsultation(db, record)).row
        const consultation = await consultationOf(db, id, person, { now, may: 'see' })
        const results = await readResults(db, campaigns.consultations, consultation)
        if (!results) throw new PlainError('consultations:refused.no-results')
        const units = new Map((await listOrganisations(db)).map((one) => [one.id, one.path]))
        const { pieces } = exportResults(consultation, results, units, language)
        return { ...consultation.row, pieces, keys: [[0, 1, 2], [0]] }
      },
    ),
    numbered(
      'notices',
      /^TZ-/,
      { 'zh-CN': ['未读名单', '通知'], en: ['not read', 'notice'] },
      async (asked) => {
        const { record, person, language, now } = asked
        const { id } = (await readNotice(db, record)).row
        const notice = await noticeToMake(db, id, person, now)
        const { pieces } = exportMissing(store, campaigns.notices.circulation, notice, language)
        return { ...notice.row, pieces, keys: [[0, 1]] }
      },
    ),
    numbered(
      'campaigns',
      /^JB-/,
      { 'zh-CN': ['活动排名', '竞赛'], en: ['standing', 'campaign'] },
      async (asked) => {
        const { person, language, now, today } = asked
        const campaign = await campaignFor(asked)
        const day = campaign.row.ends_on < today ? campaign.row.ends_on : today
        const context = campaigns.campaigns
        const organisations = await standingOfOrganisations(db, context, campaign, { day, by: 'number' })
        const people = await standingOfPeople(db, context, campaign, { by: 'number' })
        const reads = await mayReadEntries(db, campaign, { person, now })
        const entries = reads ? allEntries(db, context, campaign.row.id, language) : null
        const { pieces } = exportStanding(campaign, { organisations, people, entries }, language)
        return { ...campaign.row, pieces, keys: reads ? [[1], [1], [0]] : [[1], [1]] }
      },
    ),
    // The number alone means the standing, which comes first.
    numbered(
      'campaign-statistics',
      /^JB-/,
      { 'zh-CN': ['活动统计'], en: ['campaign statistics'] },
      async (asked) => {
        const campaign = await campaignFor(asked)
        const statistics = await statisticsOf(db, campaigns.campaigns, campaign, asked.today)
        const { pieces } = exportStatistics(campaign, statistics, asked.language)
        return { ...campaign.row, pieces, keys: [[0], [0], [0]] }
      },
    ),
    numbered('assessments', /^KH-/, { 'zh-CN': ['考核结果', '考核'], en: ['assessment'] }, async (asked) => {
      const { row } = await readAssessment(db, asked.record)
      const { assessment, subjects } = await assessmentSeenBy(db, row.id, asked)
      const { pieces } = exportResult(db, assessment, subjects, asked.language)
      return {
        ...row,
        pieces,
        keys: [
          [1, 2],
          [0, 1],
        ],
      }
    }),
    yearly('honours', { 'zh-CN': ['荣誉名单'], en: ['honours', 'honors'] }, async (asked) => {
      const { person, language, now, year } = asked
      const places = await honouringPlaces(db, person, now)
      const span = ofYear(year, null)
      const honours = await honoursIn(db, campaigns.assessment, places, span, language)
      return { pieces: exportHonours(honours, span, language).pieces, keys: [[0, 1, 2, 3, 4, 5]] }
    }),
    yearly('statistics', { 'zh-CN': ['工作统计', '统计'], en: ['statistics'] }, async (asked) => {
      const { person, language, year, today } = asked
      const actor = await actorOf(db, person, today)
      if (!canSomewhere(actor, 'submission.view')) throw new PlainError('console:not-allowed')
      const statistics = await readStatistics(submissions, rulesOf(submissions), {
        ...{ asker: { person }, organisation: null, period: String(year), kind: null, step: 'month' },
      })
      return { pieces: statisticsWorkbook(statistics, language), keys: [[0], [0], [0]] }
    }),
  ]

  /** A campaign whose figures somebody may take along: seeing its card is not enough. Throws PlainError for others. */
  async function campaignFor({ record, person, now }: TableRequest) {
    const campaign = (await findCampaign(db, record)) ?? (await readCampaign(db, record))
    const looker = await lookerOf(db, person, now)
    if (!campaign || !canSomewhere(looker.actor, 'campaign.view') || !(await maySee(db, looker, campaign))) {
      throw new PlainError('campaigns:gone')
    }
    return campaign
  }
}
