import { answerAlone } from '../../../conversation/answer-alone.ts'
import type { ActionHandler, Command, Feature } from '../../../conversation/feature.ts'
import type { FormDefinition } from '../../../forms/definition.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import { minuteInChina } from '../../../timers/calendar/day.ts'
import { mayMake, personOf } from '../access.ts'
import type { NoticesContext } from '../context.ts'
import { filledAtFirst } from '../notice-actions.ts'
import { textCard } from '../notice-cards.ts'
import { linksCard, savedLinkCard } from './link-cards.ts'
import { keptLinks, linkToChange, newsOrganisation, saveLink, topics } from './links.ts'
import { askEach, askSoon, newsTimers } from './news-timer.ts'

const saveWords = /^(?:保存链接|收藏链接|存链接|save link)[\s:：]*(\S+)?\s*([\s\S]*)$/i
/** Links of one digest: more would not fit a card. */
const mostCompiled = 20

const label = (name: string) => `notices:link.${name}`

/** News of science and technology: links that cadres keep, put together as a notice that is looked over before it goes out. */
export function newsPart(
  context: NoticesContext,
): Pick<Feature, 'actions' | 'commands' | 'forms' | 'timers'> {
  return {
    actions: newsActions(),
    commands: newsCommands(context),
    forms: [linkForm()],
    timers: newsTimers(context),
  }
}

function newsCommands(context: NoticesContext): Command[] {
  return [
    {
      words: { 'zh-CN': [], en: [] },
      pattern: saveWords,
      run: (turn) =>
        answerAlone(turn, context, async (trx, now) => {
          const { language, message } = turn
          const person = await personOf(trx, message.account)
          const organisation = await newsOrganisation(trx, person, now)
          const [, url, title = ''] = saveWords.exec(message.text.normalize('NFC').trim()) ?? []
          if (url === undefined) {
            const button = {
              label: translate(language, 'notices:link.fill-in'),
              action: 'notices.new-link',
              value: {},
            }
            const text = translate(language, 'notices:link.how')
            return textCard(text, [{ ...button, opens: 'beside' }])
          }
          const draft = { organisation, url, title, note: '', topic: 'news' as const }
          const link = await saveLink(trx, draft, { by: person, now })
          await askSoon(trx, person, organisation, now)
          return savedLinkCard(link, (await keptLinks(trx, [organisation])).length, language)
        }),
    },
    {
      words: {
        'zh-CN': ['保存的链接', '链接列表', '科技动态', '编科技动态', '汇编科技动态'],
        en: ['saved links', 'news digest'],
      },
      run: (turn) =>
        answerAlone(turn, context, async (trx, now) => {
          const person = await personOf(trx, turn.message.account)
          return linksCard(await keptLinks(trx, [await newsOrganisation(trx, person, now)]), turn.language)
        }),
    },
  ]
}

function newsActions(): Feature['actions'] {
  const action = (run: ActionHandler['run'], reads = false): ActionHandler => ({ reads, run })
  return {
    'new-link': action(async (click) => {
      const person = await personOf(click.trx, click.action.account)
      return click.openForm('notices.save-link', {
        values: await filledAtFirst(click.trx, person, click.now),
      })
    }),
    'sort-link': action(async ({ trx, action: { account, value }, now, language }) => {
      const link = await linkToChange(trx, value.link ?? '', await personOf(trx, account), now)
      const topic = topics.find((one) => one === value.topic) ?? 'news'
      await trx.updateTable('notice_link').set({ topic }).where('id', '=', link.id).execute()
      const { length: count } = await keptLinks(trx, [link.organisation])
      return { replace: savedLinkCard({ ...link, topic }, count, language) }
    }),
    'drop-link': action(async ({ trx, action: { account, value }, now, language }) => {
      const link = await linkToChange(trx, value.link ?? '', await personOf(trx, account), now)
      await trx.updateTable('notice_link').set({ state: 'dropped' }).where('id', '=', link.id).execute()
      return { replace: linksCard(await keptLinks(trx, [link.organisation]), language) }
    }),
    'news-rhythm': action(async ({ trx, action: { account, value }, now, language }) => {
      const person = await personOf(trx, account)
      const organisation = await newsOrganisation(trx, person, now)
      const rhythm = value.rhythm === 'month' ? 'month' : 'week'
      const at = await askEach(trx, { person, organisation, rhythm }, now)
      return { toast: translate(language, 'notices:link.asked-at', { at: minuteInChina(at) }) }
    }),
    compile: action(async (click) => {
      const { trx, action, now, language } = click
      const person = await personOf(trx, action.account)
      const links = (await keptLinks(trx, [await newsOrganisation(trx, person, now)])).slice(0, mostCompiled)
      if (links.length === 0) throw new PlainError('notices:link.none')
      const title = translate(language, 'notices:link.digest-title', { day: dayInChina(now) })
      const text = translate(language, 'notices:link.digest-text', { count: links.length })
      return click.openForm('notices.make', {
        context: { links: links.map(({ id }) => id).join(' ') },
        values: { ...(await filledAtFirst(trx, person, now)), kind: 'news', title, text },
      })
    }),
  }
}

function linkForm(): FormDefinition {
  return {
    ...{ name: 'notices.save-link', version: 1, title: label('form-title'), seenBy: label('seen-by') },
    pages: [
      {
        ...{ name: 'link', intro: [] },
        fields: [
          { name: 'url', type: 'text', label: label('url'), required: true, most: 1000 },
          { name: 'title', type: 'text', label: label('link-title'), required: true, most: 100 },
          { name: 'note', type: 'text', label: label('note'), most: 200 },
          {
            ...{ name: 'topic', type: 'select', label: label('topic'), required: true, usual: 'news' },
            options: topics.map((value) => ({ value, label: `notices:topic.${value}` })),
          },
          { name: 'organisation', type: 'organisation', label: 'notices:form.organisation', required: true },
        ],
        async check({ db, now, person, values: { organisation } }) {
          if (typeof organisation !== 'string') return {}
          if (person !== null && (await mayMake(db, person, { organisation }, now))) return {}
          return { organisation: { key: 'notices:not-for-you', values: {} } }
        },
      },
    ],
    async submit({ trx, values, person, now, language }) {
      if (person === null) throw new PlainError('notices:sign-in')
      const text = (name: string) => (typeof values[name] === 'string' ? values[name] : '')
      const topic = topics.find((one) => one === values.topic) ?? 'news'
      const draft = { organisation: text('organisation'), url: text('url'), title: text('title') }
      const link = await saveLink(trx, { ...draft, note: text('note'), topic }, { by: person, now })
      await askSoon(trx, person, link.organisation, now)
      const { length: count } = await keptLinks(trx, [link.organisation])
      return {
        number: '',
        card: savedLinkCard(link, count, language),
        toast: translate(language, 'notices:link.kept'),
      }
    },
  }
}
