import type { Card } from '../../chat/card.ts'
import { answerAlone } from '../../conversation/answer-alone.ts'
import type { Command, Turn } from '../../conversation/feature.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { translate } from '../../messages/translate.ts'
import { reachOfPerson } from '../../people/reach.ts'
import type { Trx } from '../../store/store.ts'
import { mayHandle, personOf } from './access.ts'
import { offerCard } from './cards/list-cards.ts'
import type { CollectionCards, Looker } from './cards/show-collection.ts'
import { textCard } from './cards/text-card.ts'
import type { CollectionsContext } from './context.ts'
import { takeFile } from './making/life-forms.ts'
import { mistakeInWords } from './making/read-collection-file.ts'
import type { CollectionTemplates } from './making/templates.ts'
import { readCollection } from './records.ts'

const numbered = /^(收集|填写|填报|collection|fill(?: in)?)?\s*(SJ-\d{4}-\d{4,})$/i

/** What is typed about collections. */
export function collectionCommands(
  context: CollectionsContext,
  cards: CollectionCards,
  templates: CollectionTemplates,
): Command[] {
  const answer =
    (make: (trx: Trx, looker: Looker, turn: Turn) => Promise<Card>): Command['run'] =>
    (turn) =>
      answerAlone(turn, context, async (trx, now) => {
        const { language, message } = turn
        return make(trx, { person: await personOf(trx, message.account), now, language }, turn)
      })
  const offer = async (trx: Trx, looker: Looker, { message }: Turn): Promise<Card> => {
    const { language } = looker
    await mustMakeSomewhere(trx, looker)
    const [file] = message.files ?? []
    if (file) return (await takeFile(trx, context, cards, { file, revises: null }, looker)).card
    const titles = templates.all.map(({ name, definition }) => ({ name, title: definition.title[language] }))
    const problems = templates.wrong.flatMap(({ file: name, mistakes }) =>
      mistakes.slice(0, 1).map((mistake) => `${name}：${mistakeInWords(mistake, language)}`),
    )
    return offerCard(titles, problems, language)
  }
  const list = async (trx: Trx, looker: Looker, turn: Turn): Promise<Card> => {
    if ((turn.message.files ?? []).length > 0) return offer(trx, looker, turn)
    const made = await cards.list(trx, 'made', 0, looker)
    // Whoever looks after none means those that they are to answer.
    if (!made) return (await mayMakeAny(trx, looker)) ? offer(trx, looker, turn) : mine(trx, looker)
    const link = await context.consoleLink?.(trx, turn.message.account)
    const label = translate(looker.language, 'collections:list.console')
    return link ? { ...made, blocks: [...made.blocks, { type: 'link', label, url: link }] } : made
  }
  const mine = async (trx: Trx, looker: Looker): Promise<Card> =>
    (await cards.list(trx, 'mine', 0, looker)) ??
    textCard(translate(looker.language, 'collections:list.none'))
  return [
    {
      words: {
        'zh-CN': ['收集', '收集列表', '信息收集', '调查问卷', '收集情况'],
        en: ['collections', 'surveys'],
      },
      run: answer(list),
    },
    {
      words: {
        'zh-CN': ['新建收集', '发起收集', '新建问卷', '发起问卷', '发问卷', '发起信息收集'],
        en: ['new collection', 'new survey'],
      },
      run: answer(offer),
    },
    {
      words: {
        'zh-CN': ['我的问卷', '待填问卷', '我的收集', '待填收集'],
        en: ['my questionnaires', 'my collections', 'my surveys'],
      },
      run: answer((trx, looker) => mine(trx, looker)),
    },
    {
      words: { 'zh-CN': [], en: [] },
      pattern: numbered,
      run: answer(async (trx, looker, { message }) => {
        const [, verb = '', number = ''] = numbered.exec(message.text.normalize('NFKC').trim()) ?? []
        const collection = await readCollection(trx, number)
        const handles = await mayHandle(trx, looker.person, collection, looker.now)
        const fills = /^(?:填|fill)/i.test(verb)
        if (handles && !fills) return cards.standing(trx, collection.row.id, looker)
        return orStanding(trx, collection.row.id, looker)
      }),
    },
  ]

  /** As whoever is asked sees it; who is not, but may see its figures, has these. */
  async function orStanding(trx: Trx, id: string, looker: Looker): Promise<Card> {
    try {
      return await cards.opened(trx, id, looker)
    } catch (error) {
      if (!(error instanceof PlainError)) throw error
      return cards.standing(trx, id, looker)
    }
  }
}

async function mayMakeAny(trx: Trx, { person, now }: Looker): Promise<boolean> {
  const { organisations } = await reachOfPerson(trx, person, ['collection.make'], dayInChina(now))
  return organisations.length > 0
}

async function mustMakeSomewhere(trx: Trx, looker: Looker): Promise<void> {
  if (!(await mayMakeAny(trx, looker))) throw new PlainError('collections:not-for-you')
}
