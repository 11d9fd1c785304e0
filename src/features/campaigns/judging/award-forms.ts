import type { FormDefinition, FormField, FormPage } from '../../../forms/definition.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { reachedInShort } from '../../circulation/port.ts'
import { audienceOfCampaign } from '../making/audience.ts'
import { type Campaign, readCampaign } from '../records.ts'
import { campaignFor } from './access.ts'
import { vacantLines } from './award-cards.ts'
import type { JudgingContext } from './context.ts'
import { organiserOf, receipt } from './judging-forms.ts'
import { awardsOf } from './judging-records.ts'
import { addAward, removeAward } from './keep-awards.ts'
import { objectTo, settleObjection } from './notice.ts'
import { textCard } from './review-cards.ts'

const reason: FormField = {
  ...{ name: 'reason', type: 'text', label: 'judging:form.reason', required: true, least: 2, most: 300 },
}

/** The forms by which awards are changed, put on notice and objected to. */
export function awardForms(context: JudgingContext): FormDefinition[] {
  return [addForm(context), removeForm(), noticeForm(context), objectForm(), settleForm()]
}

/** The context by which `campaigns.add-award` asks for one of a campaign's awards. */
export function awardsContext({ awards }: Campaign): Record<string, string> {
  return { awards: JSON.stringify(awards.map(({ name, title, for: whom }) => ({ name, title, for: whom }))) }
}

function addForm(context: JudgingContext): FormDefinition {
  const pagesOf = ({ awards = '[]' }: Readonly<Record<string, string>>): FormPage[] =>
    addPages(JSON.parse(awards) as Campaign['awards'])
  return {
    name: 'campaigns.add-award',
    version: 1,
    title: 'judging:form.add-title',
    subject: '{{about}}',
    seenBy: 'judging:form.organisers',
    pages: pagesOf({}),
    pagesOf,
    async submit(sent) {
      const { trx, values } = sent
      const { campaign, by } = await organiserOf(sent)
      const word = (name: string) => (typeof values[name] === 'string' ? values[name] : '')
      const number = word('entry').normalize('NFKC').trim().toUpperCase()
      const submission = number === '' ? undefined : await entryByNumber(sent.trx, context, campaign, number)
      await addAward(
        trx,
        context,
        campaign,
        {
          ...{ award: word('award'), reason: word('reason') },
          ...(submission === undefined ? {} : { submission }),
          ...(word('organisation') === '' ? {} : { organisation: word('organisation') }),
          ...(word('person') === '' ? {} : { person: word('person') }),
        },
        { by, now: sent.now },
      )
      return receipt(sent, campaign, 'award-added', 'list-awards')
    },
  }
}

function addPages(awards: readonly Pick<Campaign['awards'][number], 'name' | 'title' | 'for'>[]): FormPage[] {
  const isFor = (whom: string) => (values: Record<string, unknown>) =>
    awards.find(({ name }) => name === values.award)?.for === whom
  const field = (name: string, type: FormField['type']): FormField => ({
    ...{ name, type, label: `judging:form.award-${name}`, required: true },
    ...(type === 'person' ? { colleagues: true } : {}),
  })
  return [
    ...(awards.length === 0
      ? []
      : [
          {
            ...{ name: 'award', intro: ['judging:form.about'] },
            fields: [
              {
                ...{ name: 'award', type: 'select' as const, label: 'judging:form.award', required: true },
                options: awards.map(({ name, title }) => ({ value: name, label: title })),
              },
            ],
          },
        ]),
    { name: 'entry', intro: [], when: isFor('entry'), fields: [field('entry', 'text')] },
    {
      ...{ name: 'organisation', intro: [], when: isFor('organisation') },
      fields: [field('organisation', 'organisation')],
    },
    { name: 'person', intro: [], when: isFor('person'), fields: [field('person', 'person')] },
    { name: 'reason', intro: [], fields: [reason] },
  ]
}

async function entryByNumber(
  trx: Parameters<FormDefinition['submit']>[0]['trx'],
  { submissions }: JudgingContext,
  { row }: Campaign,
  number: string,
): Promise<string> {
  let after = ''
  // The number is the records' own; of tens of thousands they are gone through in pieces.
  for (;;) {
    const rows = await trx
      .selectFrom('campaign_entry')
      .select('submission')
      .where('campaign', '=', row.id)
      .where('state', '=', 'in')
      .where('submission', '>', after)
      .orderBy('submission')
      .limit(500)
      .execute()
    const ids = rows.map(({ submission }) => submission)
    const found = (await submissions.records(trx, ids, 'zh-CN')).find((record) => record.number === number)
    if (found) return found.id
    after = ids.at(-1) ?? ''
    if (rows.length < 500) throw new PlainError('judging:refused.no-entry')
  }
}

function removeForm(): FormDefinition {
  return {
    name: 'campaigns.remove-award',
    version: 1,
    title: 'judging:form.remove-title',
    subject: '{{holder}}',
    seenBy: 'judging:form.organisers',
    pages: [{ name: 'remove', intro: ['judging:form.remove-intro'], fields: [reason] }],
    async submit(sent) {
      const { campaign, by } = await organiserOf(sent)
      const { award = '' } = sent.context
      const why = String(sent.values.reason)
      await removeAward(sent.trx, campaign, { award, reason: why }, { by, now: sent.now })
      return receipt(sent, campaign, 'award-removed', 'list-awards')
    },
  }
}

function noticeForm({ circulation }: JudgingContext): FormDefinition {
  return {
    name: 'campaigns.notice',
    version: 1,
    title: 'judging:form.notice-title',
    subject: '{{about}}',
    seenBy: 'judging:form.organisers',
    pages: [
      {
        name: 'notice',
        intro: ['judging:form.notice-intro'],
        fields: [
          {
            ...{ name: 'days', type: 'number', label: 'judging:form.days', required: true },
            ...{ least: 1, most: 60 },
          },
        ],
      },
    ],
    // Only how far it would reach: the last press puts it out.
    async submit(sent) {
      const { campaign, by } = await organiserOf(sent)
      const audience = await audienceOfCampaign(sent.trx, campaign)
      await circulation.mustReach(sent.trx, audience, { by, now: sent.now })
      const reached = await circulation.reach(sent.trx, audience, sent.now)
      const { people, chats, unreachable } = reached
      const days = Math.round(Number(sent.values.days))
      const whom = chats > 0 ? (people > 0 ? 'both' : 'chats') : people > 0 ? 'people' : 'nobody'
      const told = translate(sent.language, `judging:receipt.notice-${whom}`, { days, people, chats })
      const without = translate(sent.language, 'judging:receipt.notice-without', { unreachable })
      const lines = vacantLines(campaign, await awardsOf(sent.trx, campaign.row.id), sent.language)
      const said = [unreachable > 0 ? `${told} ${without}` : told, ...lines].join('\n')
      const label = translate(sent.language, 'judging:notice.now')
      const value = { campaign: campaign.row.id, days: String(days), reached: reachedInShort(reached) }
      return {
        number: campaign.row.number,
        card: textCard(said, [{ label, action: 'campaigns.notice-now', value, style: 'primary' }]),
        ...{ alone: true, toast: translate(sent.language, 'judging:receipt.notice-toast') },
      }
    },
  }
}

function objectForm(): FormDefinition {
  return {
    name: 'campaigns.object',
    version: 1,
    title: 'judging:form.object-title',
    subject: '{{about}}',
    seenBy: 'judging:form.deciders',
    pages: [
      {
        name: 'object',
        intro: ['judging:form.object-intro'],
        fields: [
          {
            ...{ name: 'text', type: 'long-text', label: 'judging:form.objection', required: true },
            ...{ least: 4, most: 1000 },
          },
        ],
      },
    ],
    async submit(sent) {
      const campaign = await readCampaign(sent.trx, sent.context.campaign ?? '')
      if (!campaign) throw new PlainError('judging:gone')
      if (sent.person === null) throw new PlainError('judging:sign-in')
      await objectTo(sent.trx, campaign, { person: sent.person, text: String(sent.values.text) }, sent.now)
      const said = translate(sent.language, 'judging:receipt.objected', { number: campaign.row.number })
      return { number: campaign.row.number, card: textCard(said), alone: true }
    },
  }
}

function settleForm(): FormDefinition {
  return {
    name: 'campaigns.settle-objection',
    version: 1,
    title: 'judging:form.settle-title',
    subject: '{{about}}',
    seenBy: 'judging:form.objector',
    pages: [
      {
        name: 'settle',
        intro: ['judging:form.settle-intro'],
        fields: [
          {
            ...{ name: 'outcome', type: 'select', label: 'judging:form.outcome', required: true },
            options: [
              { value: 'rejected', label: 'judging:form.rejected' },
              { value: 'upheld', label: 'judging:form.upheld' },
            ],
          },
          reason,
        ],
      },
    ],
    async submit(sent) {
      const { trx, person, now, values, context } = sent
      if (person === null) throw new PlainError('judging:sign-in')
      const campaign = await campaignFor(trx, 'campaign.decide', context.campaign, { person, now })
      const upheld = values.outcome === 'upheld'
      const settled = { objection: context.objection ?? '', upheld, reason: String(values.reason) }
      await settleObjection(trx, campaign, settled, { by: person, now })
      return receipt(sent, campaign, upheld ? 'upheld' : 'rejected', 'list-awards')
    },
  }
}
