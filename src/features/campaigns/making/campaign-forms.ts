import type { IncomingFile } from '../../../chat/incoming.ts'
import type { FilledForm, FormDefinition, Receipt, Submission } from '../../../forms/definition.ts'
import type { Problem } from '../../../forms/fields/refuse.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import type { Trx } from '../../../store/store.ts'
import { type Looker, lookerOf, mayDo, mustDo } from '../access.ts'
import type { CampaignsContext } from '../context.ts'
import { type Campaign, readCampaign } from '../records.ts'
import type { CampaignTemplate } from './campaign-schema.ts'
import { showButton, textCard } from './campaign-texts.ts'
import { linkEvent } from './contest-events.ts'
import { enterOlder, takeOut } from './entries.ts'
import { createCampaign } from './keep-campaign.ts'
import { makeForm, placesIn } from './make-form.ts'
import { readCampaignFile } from './read-campaign-file.ts'
import { cancelCampaign, changeOpen, closeCampaign } from './run-campaign.ts'
import { cardOf } from './show-campaigns.ts'

const label = (name: string) => `campaigns:form.${name}`

/** The forms about campaigns and what takes part. */
export function campaignForms(
  context: CampaignsContext,
  templates: readonly CampaignTemplate[],
): FormDefinition[] {
  return [
    makeForm(context, templates),
    fileForm(context, templates),
    changeForm(context),
    cancelForm(context),
    closeForm(),
    enterForm(context),
    takeOutForm(context),
    eventForm(),
  ]
}

/** Reads a campaign's file that was sent. Throws PlainError with all that is wrong with it, by line. */
export async function draftOfFile(
  trx: Trx,
  context: CampaignsContext,
  { blob }: Pick<IncomingFile, 'blob'>,
  {
    templates,
    looker,
    language,
  }: { templates: readonly CampaignTemplate[]; looker: Looker; language: Submission['language'] },
) {
  const bytes = await context.blobs.get(blob, trx)
  if (!bytes) throw new PlainError('campaigns:file.empty')
  return readCampaignFile(trx, bytes, {
    ...{ context, templates, language, today: looker.today },
    mayMake: (organisation) => mayDo(trx, looker, 'campaign.make', organisation),
  })
}

function fileForm(context: CampaignsContext, templates: readonly CampaignTemplate[]): FormDefinition {
  const read = async (
    trx: Trx,
    { person, now, language, values }: Pick<FilledForm, 'person' | 'now' | 'language' | 'values'>,
  ) => {
    const looker = await lookerOf(trx, person, now)
    const [file] = (values.file ?? []) as IncomingFile[]
    if (!file) throw new PlainError('campaigns:file.empty')
    return { looker, draft: await draftOfFile(trx, context, file, { templates, looker, language }) }
  }
  return {
    name: 'campaigns.by-file',
    version: 1,
    title: label('file-title'),
    seenBy: label('seen-by'),
    pages: [
      {
        name: 'file',
        intro: [label('file-intro')],
        fields: [{ name: 'file', type: 'file', label: label('file'), required: true, most: 1 }],
        async check(filled): Promise<Record<string, Problem>> {
          if (filled.values.file === undefined) return {}
          try {
            await read(filled.db as Trx, filled)
            return {}
          } catch (error) {
            if (!(error instanceof PlainError)) throw error
            return { file: { key: error.key, values: error.values } }
          }
        },
      },
    ],
    async submit(sent): Promise<Receipt> {
      const { trx, now, language } = sent
      const { looker, draft } = await read(trx, sent)
      const campaign = await createCampaign(trx, draft, { by: looker.person, now })
      const card = await cardOf(trx, context, campaign, looker, language)
      return { number: campaign.row.number, card, alone: true }
    },
  }
}

/** The campaign that a form is about, for whoever makes it. Throws PlainError where they may not. */
async function makersCampaign(
  sent: Submission,
): Promise<{ campaign: Campaign; looker: Looker; seen: number | null }> {
  const looker = await lookerOf(sent.trx, sent.person, sent.now)
  const campaign = await readCampaign(sent.trx, sent.context.campaign ?? '')
  if (!campaign) throw new PlainError('campaigns:gone')
  await mustDo(sent.trx, looker, 'campaign.make', campaign.row)
  const { seen } = sent.context
  return { campaign, looker, seen: seen === undefined ? null : Number(seen) }
}

function receipt(
  { row }: Campaign,
  key: string,
  values: Record<string, string>,
  { language }: Submission,
): Receipt {
  const said = translate(language, `campaigns:receipt.${key}`, {
    number: row.number,
    title: row.title,
    ...values,
  })
  return { number: row.number, card: textCard(said, [showButton(row.id, language)]) }
}

function changeForm(context: CampaignsContext): FormDefinition {
  return {
    name: 'campaigns.change',
    version: 1,
    title: label('change-title'),
    subject: '{{number}}',
    seenBy: label('seen-by-all'),
    pages: [
      {
        name: 'change',
        intro: [label('about')],
        fields: [
          { name: 'ends', type: 'date', label: label('ends'), required: true },
          {
            ...{ name: 'organisations', type: 'text', label: label('organisations'), most: 2000 },
            hint: label('organisations-change-hint'),
          },
          { name: 'note', type: 'long-text', label: label('note'), required: true, most: 500 },
        ],
        async check({ db, person, now, values, context: { starts = '' } }) {
          const problems: Record<string, Problem> = {}
          const looker = await lookerOf(db, person, now)
          await placesIn(db as Trx, String(values.organisations ?? ''), looker, problems)
          const ends = String(values.ends ?? '')
          if (ends !== '' && ends < starts) {
            problems.ends = {
              key: 'campaigns:problem.end-before-start',
              values: { start: starts, end: ends },
            }
          } else if (ends !== '' && ends < looker.today) {
            problems.ends = { key: 'campaigns:problem.over', values: { end: ends } }
          }
          return problems
        },
      },
    ],
    async submit(sent) {
      const { trx, now, values } = sent
      const { campaign, looker, seen } = await makersCampaign(sent)
      const problems: Record<string, Problem> = {}
      const named = await placesIn(trx, String(values.organisations ?? ''), looker, problems)
      const [problem] = Object.values(problems)
      if (problem) throw new PlainError(problem.key, problem.values)
      const changed = await changeOpen(
        trx,
        context,
        { id: campaign.row.id, seen },
        {
          ...{ endsOn: String(values.ends), note: String(values.note) },
          organisations: named.length > 0 ? named : campaign.organisations,
        },
        { by: looker.person, today: looker.today, now },
      )
      return receipt(changed, 'changed', { ends: changed.row.ends_on }, sent)
    },
  }
}

function cancelForm(context: CampaignsContext): FormDefinition {
  return {
    name: 'campaigns.cancel',
    version: 1,
    title: label('cancel-title'),
    subject: '{{number}}',
    seenBy: label('seen-by-all'),
    pages: [
      {
        name: 'reason',
        intro: [label('about'), label('cancel-intro')],
        fields: [{ name: 'reason', type: 'long-text', label: label('reason'), required: true, most: 500 }],
      },
    ],
    async submit(sent) {
      const { campaign, looker, seen } = await makersCampaign(sent)
      const reason = String(sent.values.reason)
      const doing = { by: looker.person, now: sent.now }
      const ended = await cancelCampaign(sent.trx, context, { id: campaign.row.id, seen }, { reason }, doing)
      return receipt(ended, 'cancelled', {}, sent)
    },
  }
}

function closeForm(): FormDefinition {
  return {
    name: 'campaigns.close',
    version: 1,
    title: label('close-title'),
    subject: '{{number}}',
    seenBy: label('seen-by'),
    pages: [
      {
        name: 'reason',
        intro: [label('about'), label('close-intro')],
        fields: [{ name: 'reason', type: 'long-text', label: label('reason'), required: true, most: 500 }],
      },
    ],
    async submit(sent) {
      const { campaign, looker, seen } = await makersCampaign(sent)
      const reason = String(sent.values.reason)
      const doing = { by: looker.person, now: sent.now }
      const ended = await closeCampaign(sent.trx, { id: campaign.row.id, seen }, { reason }, doing)
      return receipt(ended, 'closed', {}, sent)
    },
  }
}

function enterForm({ submissions }: CampaignsContext): FormDefinition {
  return {
    name: 'campaigns.enter',
    version: 1,
    title: label('enter-title'),
    subject: '{{number}}',
    pages: [
      {
        name: 'record',
        intro: [label('about')],
        fields: [
          {
            ...{ name: 'record', type: 'text', label: label('record'), required: true, most: 40 },
            ...{ hint: label('record-hint'), example: { 'zh-CN': 'JY-2026-0001', en: 'JY-2026-0001' } },
          },
        ],
      },
    ],
    async submit(sent) {
      const { trx, now, language } = sent
      const looker = await lookerOf(trx, sent.person, now)
      const campaign = await readCampaign(trx, sent.context.campaign ?? '')
      if (!campaign) throw new PlainError('campaigns:gone')
      const number = String(sent.values.record)
      const record = await submissions.find(trx, number, language)
      if (!record) throw new PlainError('campaigns:entry.not-yours', { number })
      await enterOlder(trx, campaign, record, { by: looker.person, today: looker.today, now })
      return receipt(campaign, 'entered', { record: record.number }, sent)
    },
  }
}

function takeOutForm(context: CampaignsContext): FormDefinition {
  return {
    name: 'campaigns.take-out',
    version: 1,
    title: label('take-out-title'),
    subject: '{{record}}',
    seenBy: label('seen-by-author'),
    pages: [
      {
        name: 'reason',
        intro: [label('about-entry')],
        fields: [{ name: 'reason', type: 'long-text', label: label('reason'), required: true, most: 500 }],
      },
    ],
    async submit(sent) {
      const { trx, now, language } = sent
      const { campaign, looker } = await makersCampaign(sent)
      const [record] = await context.submissions.records(trx, [sent.context.submission ?? ''], language)
      if (!record) throw new PlainError('campaigns:gone')
      const reason = String(sent.values.reason)
      await takeOut(trx, context, campaign, record, { reason }, { by: looker.person, now })
      return receipt(campaign, 'taken-out', { record: record.number }, sent)
    },
  }
}

function eventForm(): FormDefinition {
  return {
    name: 'campaigns.link-event',
    version: 1,
    title: label('event-title'),
    subject: '{{number}}',
    pages: [
      {
        name: 'event',
        intro: [label('about')],
        fields: [
          {
            ...{ name: 'event', type: 'text', label: label('event'), required: true, most: 40 },
            example: { 'zh-CN': 'HD-2026-0001', en: 'HD-2026-0001' },
          },
        ],
      },
    ],
    async submit(sent) {
      const { trx, now } = sent
      const { campaign, looker } = await makersCampaign(sent)
      const number = String(sent.values.event)
      const mayUse = (organisation: string) => mayDo(trx, looker, 'campaign.make', organisation)
      await linkEvent(trx, campaign, { number, mayUse }, { by: looker.person, now })
      // All were told of the campaign already: of this event later posts tell.
      const key = campaign.row.opened_at === null ? 'event-linked' : 'event-linked-late'
      return receipt(campaign, key, { event: number.toUpperCase() }, sent)
    },
  }
}
