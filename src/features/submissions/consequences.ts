import type { FormValues } from '../../forms/definition.ts'
import type { Trx } from '../../store/store.ts'
import type { SubmissionsContext } from './context.ts'
import type { KindAction } from './definition/schema.ts'
import { sendInvitation } from './experts/invite.ts'
import { tellSuggestions } from './experts/suggest.ts'
import type { Part } from './life/life.ts'
import { askToAccept, tellMilestoneOwner } from './problems/tell-milestones.ts'
import { confirmOffer, tellOfChoice } from './problems/tell-offerers.ts'
import type { Submission } from './records.ts'

/** Something was done to a record, which stands as it does now. */
export interface Consequence {
  trx: Trx
  context: SubmissionsContext
  submission: Submission
  /** Of whoever did it, as it was before. */
  part: Part
  action: KindAction
  input: FormValues
  now: Date
}

/** Whom else an action concerns, told once it is done: beside the authors and whoever must act next. */
export const consequences: Partial<
  Record<KindAction['does'][number], (consequence: Consequence) => Promise<void>>
> = {
  offer: confirmOffer,
  'choose-offer': tellOfChoice,
  'end-offers': tellOfChoice,
  'end-agreement': tellOfChoice,
  'add-milestone': (consequence) => tellMilestoneOwner(consequence, 'set'),
  'report-milestone': askToAccept,
  'accept-milestone': (consequence) => tellMilestoneOwner(consequence, 'accepted'),
  'return-milestone': (consequence) => tellMilestoneOwner(consequence, 'returned'),
  invite: sendInvitation,
  'suggest-experts': tellSuggestions,
}
