import { join } from 'node:path'
import { type Context, Hono } from 'hono'
import { namedTemplates } from '../features/submissions/ledger/named-templates.ts'
import { PlainError } from '../messages/plain-error.ts'
import { explainError } from '../messages/translate.ts'
import { createAssets } from '../platforms/web/assets.ts'
import { limitBody } from '../platforms/web/limit-body.ts'
import { refuse } from '../platforms/web/plain-page.ts'
import { isFromOwnPage } from '../platforms/web/same-origin.ts'
import { chooseLanguage, screenLanguage } from '../platforms/web/screen-language.ts'
import type { PagesBeside } from '../platforms/web/visitor.ts'
import { addAssessmentRoutes } from './campaigns/assessment.ts'
import { addCampaignRoutes } from './campaigns/campaigns.ts'
import { addCollectionRoutes } from './campaigns/collections.ts'
import { addConsultationRoutes } from './campaigns/consultations.ts'
import { addHonourRoutes } from './campaigns/honours.ts'
import { addJudgingRoutes } from './campaigns/judging.ts'
import { addNoticeRoutes } from './campaigns/notices.ts'
import { addSummaryRoutes } from './campaigns/summaries.ts'
import { addCarrierRoutes } from './carriers/carriers.ts'
import { addCheckInRoutes } from './check-in/check-in.ts'
import { createCheckInLinks } from './check-in/check-in-links.ts'
import { createCheckInScripts } from './check-in/check-in-scripts.ts'
import { createCalendarFiles } from './events/calendar-files.ts'
import { addEventRoutes } from './events/events.ts'
import { fieldsOf } from './form-fields.ts'
import { mayOpen, sections } from './frame.ts'
import { createOpenDayPages } from './guests/open-day.ts'
import { createReceiptPage } from './guests/receipt.ts'
import { createRegisterPages } from './guests/register.ts'
import { createSubmitPages } from './guests/submit.ts'
import { createHandedFiles } from './handed-files.ts'
import { addLiaisonRoutes } from './liaison/liaison.ts'
import { addAssignRoutes } from './library/assign-gap.ts'
import { addGapRoutes } from './library/gaps.ts'
import { addHintRoutes } from './library/hints.ts'
import { addKnowledgeRoutes } from './library/knowledge.ts'
import { largestForm, largestImport } from './limits.ts'
import { addOutboxRoutes } from './operation/outbox.ts'
import { addSystemRoutes } from './operation/system.ts'
import { addOrganisationRoutes } from './organisations/organisations.ts'
import { bringsFiles, createPageFiles } from './page-files.ts'
import { addCalendarRoutes } from './people/calendar.ts'
import { addImportRoutes } from './people/import.ts'
import { addPeopleRoutes } from './people/people.ts'
import { addPersonRoutes } from './people/person.ts'
import { addDutyRoutes } from './planning/duty-list.ts'
import { addLearningRoutes } from './planning/learning.ts'
import { addPlanRoutes } from './planning/plans.ts'
import { addReportMeetingRoutes } from './planning/report-meetings.ts'
import { addRulesReviewRoutes } from './planning/rules-reviews.ts'
import { addPushRoutes } from './pushes/pushes.ts'
import { refusalPage } from './refusal.ts'
import { addReminderRoutes } from './reminders/reminders.ts'
import { addResourceRoutes } from './resources/resources.ts'
import type { ConsoleOptions, ConsoleRoutes } from './routes.ts'
import { BrowserSessions, isSame } from './sign-in/browser-sessions.ts'
import { createSignIn } from './sign-in/sign-in.ts'
import { addAwardRoutes } from './submissions/awards.ts'
import { addEntryRoutes } from './submissions/entries.ts'
import { addExpertRoutes } from './submissions/experts.ts'
import { addHelpRoutes } from './submissions/help.ts'
import { addLedgerRoutes } from './submissions/ledgers.ts'
import { addRecordRoutes } from './submissions/record.ts'
import { addRecordFileRoutes } from './submissions/record-files.ts'
import { addReviewRoutes } from './submissions/reviews.ts'
import { addStatisticsRoutes } from './submissions/statistics.ts'
import { addSubmissionRoutes } from './submissions/submissions.ts'
import { beginVisit, canSomewhere, type Visit } from './visit.ts'

/** Sign-in, and the console below /console. */
export function createConsole(options: ConsoleOptions): PagesBeside {
  const sessions = new BrowserSessions(options)
  const routes = new Hono()
  routes.route('/', createSignIn({ ...options, sessions }))
  routes.route('/', createReceiptPage(options))
  routes.route('/', createSubmitPages(options))
  routes.route('/', createOpenDayPages(options))
  routes.route('/', createCalendarFiles(options))
  routes.route('/', createHandedFiles(options))
  routes.route('/', createRegisterPages(options))
  routes.route('/', createCheckInLinks({ ...options, sessions }))
  routes.route('/', createCheckInScripts())
  routes.route('/console', createPages(options, sessions))
  return {
    routes,
    async signedIn(context) {
      const session = await sessions.read(context, 'chat')
      if (!session?.account) return null
      const [platform, installation, user] = JSON.parse(session.account) as [string, string, string]
      return { account: { platform, installation, user }, name: session.who.name, csrf: session.csrf }
    },
    holds: (context) => sessions.holds(context, 'chat'),
  }
}

function createPages(options: ConsoleOptions, sessions: BrowserSessions): Hono {
  const { store, clock } = options
  const app = new Hono()
  app.route('/assets', createAssets(new URL('./assets/', import.meta.url)))

  /** The visit of whoever may be here; else the answer that says why not. */
  const enter = async (context: Context): Promise<Visit | Response> => {
    context.header('Cache-Control', 'no-store')
    context.header('Vary', 'Accept-Language, Cookie')
    const session = await sessions.read(context, 'console')
    if (!session) return refuse(context, 401, 'console:sign-in-first')
    const visit = await beginVisit(store.db, context, {
      who: session.who,
      csrf: session.csrf,
      language: screenLanguage(context),
      now: clock(),
      hasOnlineTables: options.pushing.onlineTables().length > 0,
    })
    return canSomewhere(visit.actor, 'console.open') ? visit : refuse(context, 403, 'console:not-allowed')
  }

  /** What a page refuses is a page too; anything else is a defect and goes on to the site's own handler. */
  const answer = async (visit: Visit, work: () => Promise<Response>) => {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof PlainError)) throw error
      const status = statuses[error.key] ?? 400
      return refusalPage(visit, status, explainError(error, visit.language))
    }
  }

  const pageFiles = createPageFiles(options)
  const pages: ConsoleRoutes = {
    ...{ options, pageFiles },
    get(path, show) {
      app.get(path, async (context) => {
        const chosen = context.req.query('language')
        if (chosen !== undefined && chooseLanguage(context, chosen)) {
          const url = new URL(context.req.url)
          url.searchParams.delete('language')
          return context.redirect(url.pathname + url.search, 303)
        }
        const visit = await enter(context)
        return visit instanceof Response ? visit : answer(visit, () => show(visit))
      })
    },
    post(path, act, maxSize = largestForm) {
      const limit = limitBody(maxSize, (context) => refuse(context, 413, 'console:too-large'))
      app.post(path, async (context) => {
        // Before a body is read, so that strangers cannot make the house keep large ones.
        const visit = await enter(context)
        if (visit instanceof Response) return visit
        const isUpload = bringsFiles(maxSize, context)
        if (isUpload && !pageFiles.enter(context)) return refuse(context, 503, 'web:busy')
        const result = await limit(context, async () => {
          const fields = await fieldsOf(context)
          const isOurs = isFromOwnPage(context) && isSame(visit.csrf, fields.text('csrf'))
          context.res = isOurs
            ? await answer(visit, () => act(visit, fields))
            : await refuse(context, 403, 'console:stale-form')
        }).finally(() => isUpload && pageFiles.leave(context))
        return result instanceof Response ? result : context.res
      })
    },
  }

  pages.get('/', async (visit) => {
    const first = sections.find((section) => mayOpen(visit, section))
    if (!first) throw new PlainError('console:not-allowed')
    return visit.context.redirect(first.path, 303)
  })
  addPeopleRoutes(pages)
  addPersonRoutes(pages)
  addImportRoutes(pages, largestImport)
  addKnowledgeRoutes(pages)
  addGapRoutes(pages)
  addCalendarRoutes(pages)
  addHelpRoutes(pages)
  addSubmissionRoutes(pages)
  addReviewRoutes(pages)
  addRecordRoutes(pages)
  addRecordFileRoutes(pages)
  addEntryRoutes(pages)
  addLedgerRoutes(pages, namedTemplates(join(options.submissions.knowledgeDir ?? '.', 'ledgers')))
  addStatisticsRoutes(pages)
  addAwardRoutes(pages)
  addCheckInRoutes(pages)
  addExpertRoutes(pages)
  addEventRoutes(pages)
  addCarrierRoutes(pages)
  addCampaignRoutes(pages)
  addJudgingRoutes(pages)
  addNoticeRoutes(pages)
  addCollectionRoutes(pages)
  addConsultationRoutes(pages)
  addAssessmentRoutes(pages)
  addHonourRoutes(pages)
  addSummaryRoutes(pages)
  addResourceRoutes(pages)
  addDutyRoutes(pages)
  addReportMeetingRoutes(pages)
  addLearningRoutes(pages)
  addRulesReviewRoutes(pages)
  addReminderRoutes(pages)
  addOrganisationRoutes(pages)
  addPlanRoutes(pages)
  addLiaisonRoutes(pages)
  addAssignRoutes(pages)
  addHintRoutes(pages)
  addPushRoutes(pages)
  addOutboxRoutes(pages)
  addSystemRoutes(pages)
  return app
}

/** Refusals that are more than a wrong entry. */
const statuses: Record<string, 403 | 404> = {
  'console:not-allowed': 403,
  'console:no-such-record': 404,
  'check-in:refused.no-event': 404,
  'help:gone': 404,
  'submissions:gone': 404,
}
