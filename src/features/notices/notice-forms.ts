import type { IncomingFile } from '../../chat/incoming.ts'
import type { FilledForm, FormDefinition, FormField, FormPage, Submission } from '../../forms/definition.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { audiencePages, chosenBy, endOf } from '../circulation/port.ts'
import { mayMake, noticeToMake } from './access.ts'
import type { NoticesContext } from './context.ts'
import { changeNotice, correctNotice, draftNotice, type NoticeDraft, withdrawNotice } from './keep-notice.ts'
import { standingButton, textCard } from './notice-cards.ts'
import { noticeKinds } from './records.ts'
import { createNoticeCards } from './show-notice.ts'

const label = (name: string) => `notices:form.${name}`

const titleField: FormField = { name: 'title', type: 'text', label: label('title'), required: true, most: 60 }
const textField: FormField = {
  name: 'text',
  type: 'long-text',
  label: label('text'),
  required: true,
  most: 3000,
}

/** The forms by which notices are made, put right and taken back. */
export function noticeForms(context: NoticesContext): FormDefinition[] {
  return [makeForm(context), correctForm(context), withdrawForm(context)]
}

function makeForm(context: NoticesContext): FormDefinition {
  const cards = createNoticeCards(context)
  return {
    ...{ name: 'notices.make', version: 1, title: label('make-title'), seenBy: label('seen-by') },
    pages: [contentPage, ...audiencePages('to'), answerPage],
    async submit(sent) {
      const { trx, now, language, context: about } = sent
      const { doing, draft } = await draftIn(sent)
      const notice = about.notice
        ? await changeNotice(trx, await noticeToMake(trx, about.notice, doing.by, now), draft, doing)
        : await draftNotice(trx, draft, doing)
      const card = await cards.preview(trx, notice, { person: doing.by, now, language })
      const toast = translate(language, 'notices:receipt.look-over')
      return { number: notice.row.number, card, alone: true, toast }
    },
  }
}

const contentPage: FormPage = {
  name: 'content',
  intro: [label('intro')],
  fields: [
    {
      ...{ name: 'kind', type: 'select', label: label('kind'), required: true, usual: 'notice' },
      options: noticeKinds.map((value) => ({ value, label: `notices:kind.${value}` })),
    },
    { name: 'organisation', type: 'organisation', label: label('organisation'), required: true },
    titleField,
    textField,
    { name: 'files', type: 'file', label: label('files'), hint: label('files-hint'), most: 5 },
  ],
  async check({ db, now, person, values: { organisation } }) {
    if (typeof organisation !== 'string') return {}
    if (person !== null && (await mayMake(db, person, { organisation }, now))) return {}
    return { organisation: { key: 'notices:not-for-you', values: {} } }
  },
}

const answerPage: FormPage = {
  name: 'answer',
  intro: [],
  fields: [
    { name: 'asks', type: 'checkbox', label: label('asks'), hint: label('asks-hint') },
    { name: 'until', type: 'date', label: label('until'), hint: label('until-hint') },
    {
      ...{ name: 'remind', type: 'multi-select', label: label('remind'), hint: label('remind-hint') },
      options: ['3', '1', '0'].map((value) => ({ value, label: `notices:remind.${value}` })),
    },
  ],
  check: checkAnswer,
}

async function checkAnswer({ now, values: { until, asks, remind } }: FilledForm) {
  if (typeof until === 'string' && endOf(until) <= now) {
    return { until: { key: 'notices:refused.until-past', values: {} } }
  }
  const reminds = Array.isArray(remind) && remind.length > 0
  if (reminds && asks !== true) return { remind: { key: 'notices:refused.remind-unasked', values: {} } }
  if (reminds && until === undefined) return { until: { key: 'notices:refused.remind-endless', values: {} } }
  return {}
}

async function draftIn({ trx, values, context, person, now }: Submission) {
  if (person === null) throw new PlainError('notices:sign-in')
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : '')
  const asks = values.asks === true
  const until = text('until')
  const chosen = Array.isArray(values.remind) ? values.remind.map(Number) : []
  // Whoever asks until a day and chooses nothing has the rest reminded one working day before it.
  const remind = asks && until !== '' && chosen.length === 0 ? [1] : chosen
  const audience = await chosenBy(trx, values, { person, now })
  const draft: NoticeDraft = {
    kind: noticeKinds.find((kind) => kind === values.kind) ?? 'notice',
    ...{ title: text('title'), text: text('text'), organisation: text('organisation') },
    ...{ audience, asks, until: until === '' ? null : endOf(until), remind },
    files: Array.isArray(values.files) ? (values.files as IncomingFile[]) : [],
    links: context.links ? context.links.split(' ') : [],
  }
  return { draft, doing: { by: person, now } }
}

function correctForm(context: NoticesContext): FormDefinition {
  return {
    ...{ name: 'notices.correct', version: 1, title: label('correct-title'), subject: '{{number}}' },
    seenBy: label('correct-seen-by'),
    pages: [
      { name: 'content', intro: [label('correct-intro')], fields: [titleField, textField] },
      {
        ...{ name: 'again', intro: [label('again-intro')], when: (_, { asks }) => asks !== 'no' },
        fields: [{ name: 'again', type: 'checkbox', label: label('again') }],
      },
    ],
    async submit(sent) {
      const { notice, doing } = await making(sent)
      const to = { title: String(sent.values.title), text: String(sent.values.text) }
      const again = sent.values.again === true
      await correctNotice(sent.trx, context.circulation, notice, { ...to, again }, doing)
      context.wakeWorkers()
      const { number } = notice.row
      const said = translate(sent.language, 'notices:receipt.corrected', { number })
      return { number, card: textCard(said, [standingButton(notice, sent.language)]) }
    },
  }
}

function withdrawForm(context: NoticesContext): FormDefinition {
  return {
    ...{ name: 'notices.withdraw', version: 1, title: label('withdraw-title'), subject: '{{number}}' },
    seenBy: label('correct-seen-by'),
    pages: [
      {
        ...{ name: 'reason', intro: [label('withdraw-intro')] },
        fields: [{ name: 'reason', type: 'text', label: label('reason'), required: true, most: 200 }],
      },
    ],
    async submit(sent) {
      const { notice, doing } = await making(sent)
      const reason = String(sent.values.reason)
      const left = await withdrawNotice(sent.trx, context.circulation, notice, reason, doing)
      const { number } = notice.row
      const said = translate(sent.language, 'notices:receipt.withdrawn', { number, left })
      return { number, card: textCard(said, [standingButton(notice, sent.language)]) }
    },
  }
}

async function making({ trx, person, now, context }: Submission) {
  if (person === null) throw new PlainError('notices:sign-in')
  const notice = await noticeToMake(trx, context.notice ?? '', person, now)
  return { notice, doing: { by: person, now } }
}

/** The day of an instant, as a form has it filled in. */
export const dayFilled = (instant: string | null) => (instant === null ? '' : dayInChina(new Date(instant)))
