import type { Acknowledgement } from '../../chat/form-view.ts'
import type { ActionHandler, Click, Feature } from '../../conversation/feature.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { chatKey } from '../../people/chats.ts'
import { onlyOrganisation } from '../../people/only-organisation.ts'
import type { Reads } from '../../people/people.ts'
import { type ChosenAudience, filledAudience } from '../circulation/port.ts'
import { noticeToMake, personOf } from './access.ts'
import type { NoticesContext } from './context.ts'
import { withFiles } from './hand-files.ts'
import { dropNotice, note, sendNotice } from './keep-notice.ts'
import { noticeCard, standingButton, textCard } from './notice-cards.ts'
import { dayFilled } from './notice-forms.ts'
import { type Notice, originOf, readNotice, remindDays, wasSent } from './records.ts'
import { createNoticeCards, type Looker } from './show-notice.ts'

/** What buttons about notices do. */
export function noticeActions(context: NoticesContext): Feature['actions'] {
  const { circulation } = context
  const cards = createNoticeCards(context)
  const action = (run: ActionHandler['run'], reads = false): ActionHandler => ({ reads, run })
  /** A press of one of its makers. */
  const made = (
    run: (click: Click, notice: Notice, looker: Looker) => Promise<Acknowledgement>,
    reads = false,
  ) =>
    action(async (click) => {
      const looker = await lookerOf(click)
      const notice = await noticeToMake(click.trx, click.action.value.notice ?? '', looker.person, looker.now)
      return run(click, notice, looker)
    }, reads)
  return {
    make: action(openMake),
    read: action((click) => read(click, context)),
    open: action(async (click) => {
      const card = await cards.opened(click.trx, click.action.value.notice ?? '', await lookerOf(click))
      return { beside: card, besideAlone: true }
    }),
    list: action(async (click) => {
      const list = click.action.value.list === 'made' ? 'made' : 'mine'
      const card = await cards.list(click.trx, list, fromIn(click), await lookerOf(click))
      return { beside: card ?? textCard(translate(click.language, 'notices:list.none')), besideAlone: true }
    }, true),
    show: made(async ({ trx }, notice, looker) => {
      return { beside: await cards.standing(trx, notice, looker), besideAlone: true }
    }, true),
    preview: made(async ({ trx }, notice, looker) => {
      return { beside: await cards.preview(trx, notice, looker), besideAlone: true }
    }),
    missing: made(async (click, notice, looker) => {
      return { beside: await cards.missing(click.trx, notice, fromIn(click), looker), besideAlone: true }
    }, true),
    change: made((click, notice) => openChange(click, notice)),
    send: made(async ({ trx, action: { value }, language }, notice, looker) => {
      const { person, now } = looker
      const seen = { revision: Number(value.revision), reached: value.reached ?? '' }
      if (!(await sendNotice(trx, circulation, notice, seen, { by: person, now }))) {
        const toast = translate(language, 'notices:receipt.others')
        return { toast, replace: await cards.preview(trx, notice, looker) }
      }
      context.wakeWorkers()
      const said = translate(language, 'notices:receipt.sent', { number: notice.row.number })
      return { replace: textCard(said, [standingButton(notice, language)]) }
    }),
    drop: made(async ({ trx, language }, notice, { person, now }) => {
      await dropNotice(trx, notice, { by: person, now })
      const { number } = notice.row
      return { replace: textCard(translate(language, 'notices:receipt.dropped', { number })) }
    }),
    remind: made(async ({ trx, language }, notice, { person, now }) => {
      if (notice.row.state !== 'sent') throw new PlainError('notices:refused.not-sent')
      await circulation.remind(trx, originOf(notice.row.id), now)
      await note(trx, notice.row.id, 'reminded', { by: person, now })
      context.wakeWorkers()
      return { toast: translate(language, 'notices:receipt.reminded') }
    }),
    correct: made((click, { row }) =>
      click.openForm('notices.correct', {
        context: {
          ...{ notice: row.id, number: row.number },
          asks: row.asks === 1 && row.state === 'sent' ? 'yes' : 'no',
        },
        values: { title: row.title, text: row.text },
      }),
    ),
    withdraw: made((click, { row }) =>
      click.openForm('notices.withdraw', { context: { notice: row.id, number: row.number } }),
    ),
  }
}

async function lookerOf({ trx, action, now, language }: Click): Promise<Looker> {
  return { person: await personOf(trx, action.account), now, language }
}

function fromIn({ action }: Click): number {
  const typed = Number(action.value.from)
  return Number.isInteger(typed) && typed > 0 ? typed : 0
}

/** 知悉, of those who were asked, and of whoever is in a group where it stands. */
async function read(click: Click, context: NoticesContext): Promise<Acknowledgement> {
  const { circulation, wakeWorkers } = context
  const { trx, action, now, language } = click
  const person = await personOf(trx, action.account)
  const notice = await readNotice(trx, action.value.notice ?? '')
  const { row } = notice
  const origin = originOf(row.id)
  const isTheirs = wasSent(notice) && row.asks === 1 && (await mayRead(click, circulation, origin, person))
  if (!isTheirs) throw new PlainError('notices:gone')
  if (row.state === 'withdrawn') throw new PlainError('notices:refused.withdrawn')
  const isFirst = await circulation.answered(trx, origin, person, now)
  if (isFirst) await circulation.renew(trx, origin, 'chats', now)
  wakeWorkers()
  const toast = translate(language, isFirst ? 'notices:receipt.read' : 'notices:receipt.read-before')
  // The card of a group is everybody's: it follows at a calm pace.
  if (action.group) return { toast }
  const reader = { why: 'first' as const, language, person, chat: null, hasAnswered: true }
  return { toast, replace: noticeCard(await withFiles(trx, context, notice, now), reader, null) }
}

async function mayRead(
  { trx, action }: Click,
  circulation: NoticesContext['circulation'],
  origin: string,
  person: string,
): Promise<boolean> {
  if (await circulation.isAsked(trx, origin, person)) return true
  if (!action.group) return false
  const posted = (await circulation.find(trx, origin))?.audience.chats ?? []
  return posted.some((chat) => chatKey(chat) === chatKey(action.conversation))
}

async function openMake(click: Click): Promise<Acknowledgement> {
  const person = await personOf(click.trx, click.action.account)
  return click.openForm('notices.make', { values: await filledAtFirst(click.trx, person, click.now) })
}

/** What is known before somebody begins a notice. */
export async function filledAtFirst(db: Reads, person: string, now: Date): Promise<Record<string, string>> {
  const own = await onlyOrganisation(db, person, 'notice.make', dayInChina(now))
  return own ? { organisation: own.path } : {}
}

async function openChange(click: Click, { row }: Notice): Promise<Acknowledgement> {
  if (row.state !== 'draft') throw new PlainError('notices:refused.sent', { number: row.number })
  const audience = await filledAudience(click.trx, JSON.parse(row.audience) as ChosenAudience)
  return click.openForm('notices.make', {
    context: { notice: row.id },
    values: {
      ...{ kind: row.kind, title: row.title, text: row.text, organisation: row.organisation },
      ...{ ...audience, asks: row.asks === 1 ? 'yes' : '', until: dayFilled(row.until) },
      remind: remindDays(row).map(String),
    },
  })
}
