import type { Acknowledgement } from '../../chat/form-view.ts'
import type { ActionHandler, Click, Feature } from '../../conversation/feature.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { chatKey } from '../../people/chats.ts'
import { onlyOrganisation } from '../../people/only-organisation.ts'
import { type ChosenAudience, filledAudience } from '../circulation/port.ts'
import { consultationOf, mayMake, personOf } from './access.ts'
import { answerContext } from './answer-forms.ts'
import { readAnswer, readResults } from './answers.ts'
import { paperCard, standingButton, textCard } from './consultation-cards.ts'
import type { ConsultationsContext } from './context.ts'
import { endCard } from './end-card.ts'
import { tellEnd } from './end-consultation.ts'
import { dropConsultation, mustBeDraft, note } from './keep-consultation.ts'
import { closeConsultation, mustBeOpen, sendConsultation } from './life.ts'
import { handOverPapers } from './papers.ts'
import { typedQuestions } from './questions.ts'
import { adoptedIn, type Consultation, originOf, readConsultation, remindDays } from './records.ts'
import { questionField, remarkField, type Said } from './said.ts'
import {
  type Looker,
  showList,
  showMissing,
  showOpened,
  showPreview,
  showRemarks,
  showResults,
  showStanding,
  standingOf,
} from './show-consultation.ts'

/** What buttons about consultations do. */
export function consultationActions(context: ConsultationsContext): Feature['actions'] {
  const { circulation } = context
  const action = (run: ActionHandler['run'], reads = false): ActionHandler => ({ reads, run })
  type Run = (click: Click, consultation: Consultation, looker: Looker) => Promise<Acknowledgement>
  /** A press of one of its makers, or of who decides. */
  const of = (may: 'make' | 'see', run: Run, reads = false) =>
    action(async (click) => {
      const looker = await lookerOf(click)
      const id = click.action.value.consultation ?? ''
      return run(click, await consultationOf(click.trx, id, looker.person, { now: looker.now, may }), looker)
    }, reads)
  const shown = (card: NonNullable<Acknowledgement['beside']>) => ({ beside: card, besideAlone: true })
  return {
    make: action(openMake),
    answer: action((click) => openAnswer(click, context)),
    papers: action((click) => handPapers(click, context)),
    open: action(async (click) => {
      const id = click.action.value.consultation ?? ''
      return shown(await showOpened(click.trx, context, id, await lookerOf(click)))
    }, true),
    list: action(async (click) => {
      const list = click.action.value.list === 'made' ? 'made' : 'mine'
      const card = await showList(click.trx, context, list, fromIn(click), await lookerOf(click))
      return shown(card ?? textCard(translate(click.language, 'consultations:list.none')))
    }, true),
    show: of('see', async ({ trx }, it, looker) => shown(await showStanding(trx, context, it, looker)), true),
    results: of(
      'see',
      async ({ trx }, it, looker) => shown(await showResults(trx, context, it, looker)),
      true,
    ),
    remarks: of(
      'see',
      async (click, it, looker) => shown(await showRemarks(click.trx, context, it, fromIn(click), looker)),
      true,
    ),
    missing: of(
      'make',
      async (click, it, looker) => shown(await showMissing(click.trx, context, it, fromIn(click), looker)),
      true,
    ),
    preview: of(
      'make',
      async ({ trx }, it, looker) => shown(await showPreview(trx, context, it, looker)),
      true,
    ),
    change: of('make', (click, it) => openChange(click, it)),
    send: of('make', async ({ trx, action: { value }, language }, it, { person, now }) => {
      const seen = { revision: Number(value.revision), reached: value.reached ?? '' }
      await sendConsultation(trx, context, it, seen, { by: person, now })
      context.wakeWorkers()
      return { replace: said(it, 'sent', language) }
    }),
    drop: of('make', async ({ trx, language }, it, { person, now }) => {
      await dropConsultation(trx, it, { by: person, now })
      return { replace: said(it, 'dropped', language) }
    }),
    remind: of('make', async ({ trx, language }, { row }, { person, now }) => {
      mustBeOpen(row)
      await circulation.remind(trx, originOf(row.id), now)
      await note(trx, row.id, 'reminded', { by: person, now })
      context.wakeWorkers()
      return { toast: translate(language, 'consultations:receipt.reminded') }
    }),
    // Asked once more: without names it cannot be taken up again.
    close: of(
      'make',
      async ({ trx, language }, it) => {
        mustBeOpen(it.row)
        return shown(endCard(it, await standingOf(trx, context, it), language))
      },
      true,
    ),
    'close-now': of('make', async ({ trx, language }, it, { person, now }) => {
      await closeConsultation(trx, context, it, { by: person, now })
      await tellEnd(trx, context, it.row.id, now)
      context.wakeWorkers()
      return { replace: said(it, 'closed', language) }
    }),
    extend: of('make', (click, { row }) =>
      click.openForm('consultations.extend', { context: { consultation: row.id, number: row.number } }),
    ),
    withdraw: of('make', async (click, { row }) => {
      mustBeOpen(row)
      return click.openForm('consultations.withdraw', {
        context: { consultation: row.id, number: row.number },
      })
    }),
    decide: of('see', (click, it) => openDecide(click, it, context)),
  }
}

async function lookerOf({ trx, action, now, language }: Click): Promise<Looker> {
  return { person: await personOf(trx, action.account), now, language }
}

function fromIn({ action }: Click): number {
  const typed = Number(action.value.from)
  return Number.isInteger(typed) && typed > 0 ? typed : 0
}

function said(it: Consultation, what: 'sent' | 'dropped' | 'closed', language: Looker['language']) {
  const text = translate(language, `consultations:receipt.${what}`, { number: it.row.number })
  return textCard(text, what === 'dropped' ? [] : [standingButton(it, language)])
}

async function openMake(click: Click): Promise<Acknowledgement> {
  const person = await personOf(click.trx, click.action.account)
  const own = await onlyOrganisation(click.trx, person, 'consultation.make', dayInChina(click.now))
  return click.openForm('consultations.make', { values: own ? { organisation: own.path } : {} })
}

/** Whoever is asked, and everybody in a group where it was posted, may answer and read its papers. */
async function invited(click: Click, { circulation }: Pick<ConsultationsContext, 'circulation'>) {
  const { trx, action, now } = click
  const person = await personOf(trx, action.account)
  const consultation = await readConsultation(trx, action.value.consultation ?? '')
  const { row } = consultation
  const origin = originOf(row.id)
  const sent = await circulation.find(trx, origin)
  const inGroup =
    action.group === true &&
    (sent?.audience.chats ?? []).some((chat) => chatKey(chat) === chatKey(action.conversation))
  const isAsked = inGroup || (await circulation.isAsked(trx, origin, person))
  return { person, consultation, inGroup, isAsked, makes: await mayMake(trx, person, row, now) }
}

async function openAnswer(click: Click, context: ConsultationsContext): Promise<Acknowledgement> {
  const { person, consultation, inGroup, isAsked } = await invited(click, context)
  const { row, questions } = consultation
  if (!isAsked) throw new PlainError('consultations:gone')
  if (row.state === 'withdrawn') throw new PlainError('consultations:refused.withdrawn')
  mustBeOpen(row)
  const about = answerContext(consultation, inGroup)
  if (row.naming === 'signed') {
    const before = await readAnswer(click.trx, row.id, person)
    const values = before ? valuesOf(before, questions.length) : {}
    return click.openForm('consultations.answer', { context: about, values })
  }
  const { answering } = context.circulation
  if ((await answering(click.trx, originOf(row.id))).includes(person)) {
    throw new PlainError('consultations:refused.answered')
  }
  return click.openForm('consultations.answer-unsigned', { context: about })
}

/** An answer as the form has it filled in. */
function valuesOf({ votes: [vote], remarks }: Said, questions: number): Record<string, string> {
  const values: Record<string, string> = {}
  for (let at = 0; at < questions; at += 1) {
    const words = remarks.find(({ question }) => question === at)?.text
    const chosen = vote?.chosen[at]
    values[questionField(at)] = words ?? (chosen == null ? '' : String(chosen))
  }
  return { ...values, [remarkField]: remarks.find(({ question }) => question === null)?.text ?? '' }
}

async function handPapers(click: Click, context: ConsultationsContext): Promise<Acknowledgement> {
  const { consultation, isAsked, makes, person } = await invited(click, context)
  if (!isAsked && !makes && consultation.row.decider !== person) throw new PlainError('consultations:gone')
  if (consultation.row.state === 'withdrawn' && !makes)
    throw new PlainError('consultations:refused.withdrawn')
  const papers = await handOverPapers(click.trx, context, consultation, click.now)
  const to = { type: 'account' as const, account: click.action.account }
  for (const paper of papers) await click.say(paperCard(paper), { to })
  return { toast: translate(click.language, 'consultations:papers.handed', { count: papers.length }) }
}

async function openChange(click: Click, { row, questions, papers }: Consultation): Promise<Acknowledgement> {
  mustBeDraft(row)
  const { trx, language } = click
  const audience = await filledAudience(trx, JSON.parse(row.audience) as ChosenAudience)
  const documents = papers.flatMap(({ document }) => document ?? [])
  return click.openForm('consultations.make', {
    context: { consultation: row.id },
    values: {
      ...{ kind: row.kind, organisation: row.organisation, title: row.title, text: row.text },
      questions: typedQuestions(questions, translate(language, 'consultations:questions.in-words')),
      ...{ ...audience, documents: documents.join('、'), naming: row.naming, decider: row.decider },
      ...{ until: dayInChina(new Date(row.until)), remind: remindDays(row).map(String) },
    },
  })
}

async function openDecide(
  click: Click,
  consultation: Consultation,
  context: ConsultationsContext,
): Promise<Acknowledgement> {
  const { row } = consultation
  if (row.state !== 'closed' && row.state !== 'decided') {
    throw new PlainError('consultations:refused.not-closed')
  }
  const ids = adoptedIn(row)
  const remarks = (await readResults(click.trx, context, consultation))?.remarks ?? []
  const adopted = remarks.flatMap(({ id, number }) => (ids.includes(id) ? [number] : []))
  return click.openForm('consultations.decide', {
    context: { consultation: row.id, number: row.number },
    values: { decision: row.decision, adoption: row.adoption, adopted: adopted.join('、') },
  })
}
