import type { Account } from './chat/incoming.ts'
import type { Feature } from './conversation/feature.ts'
import { createAssessment } from './features/assessment/assessment-feature.ts'
import { createAssessmentWriter } from './features/assessment/assessment-writer.ts'
import type { AssessmentContext } from './features/assessment/context.ts'
import { lineOfCampaign } from './features/assessment/port.ts'
import { createCampaigns, createCampaignWriter } from './features/campaigns/campaigns-feature.ts'
import type { CampaignsContext } from './features/campaigns/context.ts'
import { createCirculation } from './features/circulation/circulation-feature.ts'
import type { CirculationContext, Writer } from './features/circulation/context.ts'
import { createCirculationPort } from './features/circulation/port.ts'
import { createCollections, createCollectionWriter } from './features/collections/collections-feature.ts'
import type { CollectionsContext } from './features/collections/context.ts'
import { createConsultationWriter } from './features/consultations/consultation-writer.ts'
import { createConsultations } from './features/consultations/consultations-feature.ts'
import type { ConsultationsContext } from './features/consultations/context.ts'
import type { NoticesContext } from './features/notices/context.ts'
import { createNoticeWriter } from './features/notices/notice-writer.ts'
import { createNotices } from './features/notices/notices-feature.ts'
import type { RemindersContext } from './features/reminders/context.ts'
import { createRemindersPort } from './features/reminders/port.ts'
import type { SubmissionsContext } from './features/submissions/context.ts'
import {
  createComparingPort,
  createPeriodPort,
  createPublicNoticeWriter,
  createShowcaseWriter,
  noticeWriter,
} from './features/submissions/port.ts'
import type { SummariesContext } from './features/summaries/context.ts'
import { createSummaries } from './features/summaries/summaries-feature.ts'
import type { Blobs } from './store/blobs.ts'
import type { Store, Trx } from './store/store.ts'

/** What these features share with the house. */
interface Shared {
  store: Store
  blobs: Blobs
  knowledgeDir: string
  model: CampaignsContext['model']
  submissions: SubmissionsContext
  /** By which these features remind people of their matters. */
  reminders: RemindersContext
  publicUrl(): string
  consoleLink?(trx: Trx, account: Account): Promise<string | null>
  wakeWorkers(): void
}

/** Campaigns, and what is sent to many and answered. */
export interface Campaigns {
  features: readonly Feature[]
  circulation: CirculationContext
  campaigns: CampaignsContext
  collections: CollectionsContext
  consultations: ConsultationsContext
  notices: NoticesContext
  assessment: AssessmentContext
  summaries: SummariesContext
}

/** Opens them, wired: each sends by the same circulation, which asks it for its cards. */
export function openCampaigns(shared: Shared): Campaigns {
  const writers = new Map<string, Writer>()
  const circulation: CirculationContext = { ...shared, writers }
  const context = {
    ...shared,
    circulation: createCirculationPort(),
    sealer: shared.submissions.sealer,
    reminders: createRemindersPort(shared.reminders),
    submissions: createComparingPort(shared.submissions),
    submitted: createPeriodPort(shared.submissions),
    assessed: lineOfCampaign,
  }
  writers.set('campaigns', createCampaignWriter(context))
  writers.set('consultations', createConsultationWriter(context))
  writers.set('collections', createCollectionWriter(context))
  writers.set('notices', createNoticeWriter(context))
  writers.set('submissions', createShowcaseWriter(shared.submissions))
  writers.set(noticeWriter, createPublicNoticeWriter(shared.submissions))
  writers.set('assessment', createAssessmentWriter())
  const features = [
    createCirculation(circulation),
    createCampaigns(context),
    createCollections(context),
    createConsultations(context),
    createNotices(context),
    createAssessment(context),
    createSummaries(context),
  ]
  return {
    features,
    circulation,
    campaigns: context,
    collections: context,
    consultations: context,
    notices: context,
    assessment: context,
    summaries: context,
  }
}
