import type { Acknowledgement } from '../chat/form-view.ts'
import type { IncomingPage } from '../chat/incoming.ts'
import type { PageTools } from '../conversation/forms-port.ts'
import { PlainError } from '../messages/plain-error.ts'
import { translate } from '../messages/translate.ts'
import type { Trx } from '../store/store.ts'
import { chooseFiles } from './add-files.ts'
import type { FormPage } from './definition.ts'
import { type Draft, lockDraft, recoverableMinutes, updateDraft } from './drafts.ts'
import { type Evaluation, settle, summaryPage } from './evaluate.ts'
import { keptValues } from './fields/typed.ts'
import { viewOf } from './form-page-view.ts'
import { insteadOf, stuckCard } from './form-texts.ts'
import { cardOf, type Definitions, evaluateDraft, openSession, type Session } from './session.ts'
import { receiptAgain, sentIn, submitDraft } from './submit-draft.ts'

/**
 * Takes a page that was left: what was typed is kept, right or wrong, and answered by the page to show next.
 * Throws PlainError for a draft that is not there for this account, without effect.
 */
export async function answerPage(
  trx: Trx,
  definitions: Definitions,
  left: IncomingPage,
  { now, language, say }: PageTools,
): Promise<Acknowledgement> {
  const draft = await lockDraft(trx, definitions, left.draft, left.account)
  if (draft.state === 'submitted') return receiptAgain(trx, { draft, sealer: definitions.sealer })
  if (draft.state === 'cancelled' && left.step !== 'cancel') throw new PlainError('forms:draft.is-cancelled')
  const definition = definitions.of(draft)
  const page = definition.pages.find(({ name }) => name === left.page)
  if (!page && left.page !== summaryPage) throw new PlainError('forms:draft.version-gone')
  const { values: typed, problems } = page
    ? chooseFiles(page.fields, keptValues(page.fields, draft.values, left.values), left.files ?? {})
    : { values: draft.values, problems: new Map() }
  if (draft.state === 'cancelled') {
    await updateDraft(trx, definitions, { ...draft, values: typed })
    return cancelled(draft)
  }
  const kept = { ...draft, values: typed, language, updatedAt: now, page: left.page }
  const session = await openSession(trx, definitions, kept, left.account, now)
  const evaluation = await evaluateDraft(session)
  session.draft = { ...kept, values: settle(evaluation, typed) }
  // What is sent in was shown: a summary that another device has gone on from is shown once more.
  const isSeen = draft.page === summaryPage && left.page === summaryPage
  const wanted = left.step === 'submit' && !isSeen ? 'look' : left.step
  // Nobody goes on without a file that they chose and that was not taken.
  const step = problems.size > 0 && wanted !== 'cancel' ? 'stay' : wanted
  for (const [name, problem] of problems) evaluation.problems.set(name, problem)
  return go(trx, session, evaluation, step, { say, account: left.account })
}

async function go(
  trx: Trx,
  session: Session,
  evaluation: Evaluation,
  step: IncomingPage['step'] | 'look' | 'stay',
  { say, account }: Pick<PageTools, 'say'> & Pick<IncomingPage, 'account'>,
): Promise<Acknowledgement> {
  const { draft } = session
  const show = async (page: string, pressed = false) => {
    session.draft = { ...draft, page }
    await updateDraft(trx, session, session.draft)
    const stuckAt = pressed && evaluation.pages.find(({ name }) => name === page)
    if (stuckAt) await sayStuck(trx, session, { evaluation, page: stuckAt, account }, say)
    if (page === summaryPage && draft.page !== summaryPage) await sayInstead(trx, session, evaluation, say)
    return { form: await viewOf(session, evaluation, { pressed }) }
  }
  const wrong = evaluation.pages.find((page) => hasProblems(page, evaluation))
  switch (step) {
    case 'save':
      await updateDraft(trx, session, draft)
      return { closed: true, toast: translate(draft.language, 'forms:saved') }
    case 'cancel':
      await updateDraft(trx, session, { ...draft, state: 'cancelled', asking: null })
      return cancelled(draft)
    case 'back':
      return show(beside(session, evaluation, -1))
    case 'next': {
      const here = evaluation.pages.find(({ name }) => name === draft.page)
      return here && hasProblems(here, evaluation)
        ? show(here.name, true)
        : show(beside(session, evaluation, 1))
    }
    case 'stay':
      return show(draft.page, true)
    case 'look':
      return wrong ? show(wrong.name, true) : show(summaryPage)
    case 'submit': {
      if (wrong) return show(wrong.name, true)
      const receipt = await submitDraft(trx, session, evaluation, say)
      return sentIn(receipt, draft.language)
    }
  }
}

/** What is wrong stands beside the fields; what else may be done about it is said beside the page, like the rest. */
async function sayStuck(
  trx: Trx,
  session: Session,
  { evaluation, page, account }: { evaluation: Evaluation; page: FormPage } & Pick<IncomingPage, 'account'>,
  say: PageTools['say'],
): Promise<void> {
  const { values, problems } = evaluation
  const wrong = new Set(page.fields.flatMap(({ name }) => (problems.has(name) ? [name] : [])))
  const typed = session.draft.values
  const card = await stuckCard(trx, session, account, { typed, problems: wrong, values })
  if (card) await say(card, { to: { type: 'account', account } })
}

/** A page of fields has no room for other buttons, so they are said beside it. */
async function sayInstead(
  trx: Trx,
  session: Session,
  evaluation: Evaluation,
  say: PageTools['say'],
): Promise<void> {
  const instead = await insteadOf(evaluation, session)
  if (!instead) return
  const { account } = session.draft
  const card = await cardOf(trx, session, { tone: 'info', blocks: instead.blocks })
  await say(card, instead.alone ? { to: { type: 'account', account } } : {})
}

/** The page before or after the one where a draft stands, among those that are asked now. */
function beside({ draft, definition }: Session, { pages }: Evaluation, step: 1 | -1): string {
  const order = [...definition.pages.map(({ name }) => name), summaryPage]
  const asked = new Set([...pages.map(({ name }) => name), summaryPage])
  let at = order.indexOf(draft.page) + step
  while (at >= 0 && at < order.length && !asked.has(order[at]!)) at += step
  return order[at] ?? (step > 0 ? summaryPage : (pages[0]?.name ?? summaryPage))
}

function hasProblems({ fields }: FormPage, { problems }: Evaluation): boolean {
  return fields.some(({ name }) => problems.has(name))
}

function cancelled({ language }: Draft): Acknowledgement {
  return { closed: true, toast: translate(language, 'forms:cancelled', { minutes: recoverableMinutes }) }
}
