import type { Account, Conversation } from './chat/incoming.ts'
import type { Feature } from './conversation/feature.ts'
import type { FoundingContext } from './features/founding/context.ts'
import { createFounding } from './features/founding/founding-feature.ts'
import type { LiaisonContext } from './features/liaison/context.ts'
import { createLiaison } from './features/liaison/liaison-feature.ts'
import type { OrganisationsContext } from './features/organisations/context.ts'
import { createOrganisations } from './features/organisations/organisations-feature.ts'
import type { PlanningContext } from './features/planning/context.ts'
import { beginDuties } from './features/planning/duties/part.ts'
import { createPlanning } from './features/planning/planning-feature.ts'
import { beginPlans } from './features/planning/plans/annual-duty.ts'
import type { RemindersContext } from './features/reminders/context.ts'
import { createRemindersPort } from './features/reminders/port.ts'
import { createReminders } from './features/reminders/reminders-feature.ts'
import type { SubmissionsContext } from './features/submissions/context.ts'
import { createComparingPort, createOpinionsPort } from './features/submissions/port.ts'
import { createSummariesPort } from './features/summaries/port.ts'
import type { FormDefinition } from './forms/definition.ts'
import type { Blobs } from './store/blobs.ts'
import type { Store, Trx } from './store/store.ts'

/** What these features share with the house. */
interface Shared {
  store: Store
  blobs: Blobs
  knowledgeDir: string
  model: RemindersContext['model']
  /** Takes up as opinions what is heard on visits. */
  submissions: SubmissionsContext
  publicUrl(): string
  consoleLink?(trx: Trx, account: Account): Promise<string | null>
  membersOf?(conversation: Conversation): Promise<readonly Account[] | null>
  wakeWorkers(): void
}

/** Reminders, and the features whose duties they remind of. */
export interface Duties {
  features: readonly Feature[]
  reminders: RemindersContext
  organisations: OrganisationsContext
  founding: FoundingContext
  liaison: LiaisonContext
  planning: PlanningContext
  /** What a start sees to, such as timers that are to wait. */
  begin(trx: Trx, now: Date): Promise<void>
}

/** Opens them, wired: those with duties make their reminders at the port of the first. */
export function openDuties(shared: Shared): Duties {
  const forms = new Map<string, FormDefinition>()
  const reminders: RemindersContext = { ...shared, formOf: (name) => forms.get(name) ?? null }
  const port = createRemindersPort(reminders)
  const submissions = createComparingPort(shared.submissions)
  const context = {
    ...shared,
    reminders: port,
    opinions: createOpinionsPort(shared.submissions),
    summaries: createSummariesPort({ knowledgeDir: shared.knowledgeDir, submissions }),
  }
  const features = [
    createReminders(reminders),
    createOrganisations(context),
    createFounding(context),
    createLiaison(context),
    createPlanning(context),
  ]
  for (const feature of features) for (const form of feature.forms) forms.set(form.name, form)
  return {
    features,
    reminders,
    organisations: context,
    founding: context,
    liaison: context,
    planning: context,
    async begin(trx, now) {
      await beginDuties(trx, now)
      await beginPlans(trx, now)
    },
  }
}
