import type { Account, Conversation } from '../../chat/incoming.ts'
import { accountKey, conversationKey } from '../../chat/keys.ts'
import type { Say } from '../../conversation/feature.ts'
import type { Trx } from '../../store/store.ts'
import { cancelledCard, savedCard } from '../draft-cards.ts'
import { type Draft, updateDraft } from '../drafts.ts'
import { pageOfField, summaryPage } from '../evaluate.ts'
import { stuckCard } from '../form-texts.ts'
import { cardOf, evaluateDraft, type Session } from '../session.ts'
import { submitDraft } from '../submit-draft.ts'
import { stepCard } from './step-cards.ts'
import { stepWordOf } from './step-words.ts'
import { type Asking, beginSteps, type Step, type StepForm, type StepInput, takeStep } from './take-step.ts'

/** Where a form is asked step by step, and of whom. */
export interface Place {
  conversation: Conversation
  account: Account
  /** Others read along. Default false. */
  group?: boolean | undefined
}

/** Asks a draft step by step in a place, from where it goes on. Returns the card of the first question. */
export async function beginAsking(trx: Trx, session: Session, place: Place) {
  const step = await beginSteps(stepForm(session), session.draft.values)
  await keep(trx, session, step, place)
  return stepCard(session, step, place)
}

/** Whether what is said in a place is for this draft. */
export function isAskedAt({ state, asking }: Draft, { conversation, account }: Place): boolean {
  return (
    state === 'open' &&
    asking?.conversation === conversationKey(conversation) &&
    asking.account === accountKey(account)
  )
}

/**
 * Takes an answer to the question that a locked draft waits for, and says what follows.
 * @returns whether it was taken: not where a button of an earlier question was pressed.
 */
export async function answerStep(
  trx: Trx,
  session: Session,
  input: StepInput,
  place: Place,
  say: Say,
): Promise<boolean> {
  const { draft, now } = session
  const { values, asking } = draft
  if (!asking) return false
  const step = await takeStep(stepForm(session), { values, asking: asking.at }, input)
  const touched = { ...draft, values: step.values, updatedAt: now }
  switch (step.outcome) {
    case 'past':
      return false
    case 'save':
      await updateDraft(trx, session, { ...touched, asking: null })
      await say(savedCard(touched))
      return true
    case 'cancel':
      await updateDraft(trx, session, { ...touched, state: 'cancelled', asking: null })
      await say(cancelledCard(touched))
      return true
    case 'submit':
      // What is sent in was shown: a summary that another device has gone on from is shown once more.
      if (draft.page !== summaryPage) break
      session.draft = touched
      await submitDraft(trx, session, await evaluateDraft(session), say)
      return true
  }
  await keep(trx, session, step, place)
  const stuck = await stuckAt(trx, session, step, input, place)
  if (stuck) await say(stuck)
  await say(await cardOf(trx, session, await stepCard(session, step, place)))
  return true
}

/** What is said before a question that is asked again because the answer was not taken; null: nothing. */
async function stuckAt(
  trx: Trx,
  session: Session,
  { asking, remark, evaluation }: Step,
  input: StepInput,
  { account }: Place,
) {
  if (remark === null || asking.at !== 'field') return null
  const { values } = evaluation
  // The answer that was not taken is kept nowhere else.
  const isAnswer = input.type === 'text' && stepWordOf(input.text) === null
  const typed = { ...session.draft.values, ...(isAnswer ? { [asking.field]: input.text } : {}) }
  return stuckCard(trx, session, account, { typed, problems: new Set([asking.field]), values })
}

function stepForm({ definition, draft, lookup }: Session): StepForm {
  return { definition, context: draft.context, lookup }
}

async function keep(trx: Trx, session: Session, step: Step, { conversation, account }: Place): Promise<void> {
  const { draft, now } = session
  session.draft = {
    ...draft,
    values: step.values,
    page: pageAt(session, step.asking),
    asking: {
      at: step.asking,
      conversation: conversationKey(conversation),
      account: accountKey(account),
    },
    updatedAt: now,
  }
  await updateDraft(trx, session, session.draft)
}

/** Where pages go on when the draft is continued as such. */
function pageAt({ definition }: Session, asking: Asking): string {
  const page = asking.at === 'field' ? pageOfField(definition, asking.field) : undefined
  return page?.name ?? summaryPage
}
