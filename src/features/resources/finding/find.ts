import type { Button, Card } from '../../../chat/card.ts'
import type { Acknowledgement } from '../../../chat/form-view.ts'
import type { Language } from '../../../chat/language.ts'
import type { Click, Command, Turn } from '../../../conversation/feature.ts'
import { sayAlone } from '../../../conversation/say-alone.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { translate } from '../../../messages/translate.ts'
import { findPersonByAccount, type Reads, readPerson } from '../../../people/people.ts'
import { refused } from '../booking/when.ts'
import type { ResourcesContext } from '../context.ts'
import { readResource, toResource, useOf } from '../records.ts'
import { type Sight, sees, sightOf } from '../sight.ts'
import { listResources } from './list-resources.ts'
import { recognise } from './recognise.ts'
import { kindOf, resourceCard, resourcesCard, textCard } from './resource-cards.ts'

/** Resources on one card, each with two buttons. */
const mostOnCard = 6
const listWords = /^(?:科普资源|资源库|资源目录|找资源|查资源|resources)(?:[\s:：]+|$)/i
/** What is typed for one kind of resources, and the kind. */
const kindWords: readonly [RegExp, string][] = [
  [/^(?:找|查)(?:科普)?讲师(?:[\s:：]+|$)/, 'speaker'],
  [/^(?:找|查)(?:场馆|设施|展厅|实验室)(?:[\s:：]+|$)/, 'facility'],
  [/^(?:找|查)(?:展品|展教具|教具)(?:[\s:：]+|$)/, 'exhibit'],
  [/^(?:找|查)(?:科普)?课程(?:[\s:：]+|$)/, 'course'],
]
const numberPattern = /^(?:资源\s*)?(zy[-–—\s]*\d{4}[-–—\s]*\d{4,9})$/

interface Asked {
  text: string
  kind: string | null
  from: number
}

/** 科普资源, 找讲师 机器人, ZY-2026-0001. */
export function findCommands(context: ResourcesContext): Command[] {
  const answer = (turn: Turn, make: (db: Reads, sight: Sight, now: Date) => Promise<Card>) =>
    turn.commit(async (trx, say) => {
      const now = await context.store.now(trx)
      const person = (await findPersonByAccount(trx, turn.message.account))?.id ?? null
      const card = await make(trx, await sightOf(trx, person, dayInChina(now)), now)
      // What colleagues share is not for everybody who reads a group.
      await sayAlone(turn, say, card)
    })
  const plainOf = ({ message }: Turn) => message.text.normalize('NFKC').trim()
  return [
    {
      words: {
        'zh-CN': ['科普资源', '资源库', '资源目录', '找资源', '查资源'],
        en: ['resources', 'science resources'],
      },
      pattern: listWords,
      run: (turn) =>
        answer(turn, (db, sight) => {
          const text = plainOf(turn).replace(listWords, '').trim()
          const isAll = text === '' || /^science resources$/i.test(text)
          return showFound(
            db,
            context,
            sight,
            { text: isAll ? '' : text, kind: null, from: 0 },
            turn.language,
          )
        }),
    },
    ...kindWords.map(
      ([pattern, kind]): Command => ({
        words: { 'zh-CN': [`找${context.kinds.byName(kind)?.title['zh-CN'] ?? kind}`], en: [`find ${kind}`] },
        pattern,
        run: (turn) =>
          answer(turn, (db, sight) => {
            const said = plainOf(turn)
            const text = pattern.test(said) ? said.replace(pattern, '').trim() : ''
            return showFound(db, context, sight, { text, kind, from: 0 }, turn.language)
          }),
      }),
    ),
    {
      words: { 'zh-CN': [], en: [] },
      pattern: numberPattern,
      run: (turn) =>
        answer(turn, async (db, sight) => {
          const number = (numberPattern.exec(plainOf(turn).toLowerCase())?.[1] ?? '').toUpperCase()
          const row = await db
            .selectFrom('resource_entry')
            .selectAll()
            .where('number', '=', number.replaceAll(/[-–—\s]+/g, '-'))
            .executeTakeFirst()
          if (!row || !sees(sight, row))
            return textCard(translate(turn.language, 'resources:refused.not-found'))
          return showDetail(db, context, sight, row.id, turn.language)
        }),
    },
  ]
}

/**
 * Takes a sentence that asks for a speaker, a place to visit or the like, where there is one; gives the turn back where
 * it is about something else, or nothing is found.
 */
export async function takeSearch(turn: Turn, context: ResourcesContext): Promise<Turn | null> {
  const wanted = recognise(turn.message.text)
  if (!wanted) return turn
  const { db } = context.store
  const today = dayInChina(await context.store.now())
  const person = (await findPersonByAccount(db, turn.message.account))?.id ?? null
  const sight = await sightOf(db, person, today)
  const asked = { text: wanted.topic, kind: wanted.kind, from: 0 }
  const { rows } = await matching(db, context, sight, asked)
  if (rows.length === 0) return turn
  const { language } = turn
  const look: Button = {
    ...{ label: translate(language, 'resources:do.documents'), action: 'ask' },
    value: { text: `${language === 'en' ? 'look up' : '查文件'} ${turn.message.text.slice(0, 300)}` },
  }
  const card = await showFound(db, context, sight, asked, language, [look])
  await turn.commit(async (_trx, say) => void (await sayAlone(turn, say, card)))
  return null
}

/** The next ones of a list. */
export async function turnPage(click: Click, context: ResourcesContext): Promise<Acknowledgement> {
  const { trx, language, action } = click
  const { text = '', kind = '', from = '' } = action.value
  const sight = await sightOfClick(click)
  const at = Number(from)
  const asked = { text, kind: kind || null, from: Number.isInteger(at) && at > 0 ? at : 0 }
  return { beside: await showFound(trx, context, sight, asked, language), besideAlone: true }
}

/** 详情 of a resource. */
export async function openResource(click: Click, context: ResourcesContext): Promise<Acknowledgement> {
  const { trx, language, action } = click
  const sight = await sightOfClick(click)
  const { row } = await readResource(trx, action.value.resource ?? '')
  if (!sees(sight, row)) throw refused('not-found')
  return { beside: await showDetail(trx, context, sight, row.id, language), besideAlone: true }
}

async function sightOfClick({ trx, now, action }: Click): Promise<Sight> {
  const person = (await findPersonByAccount(trx, action.account))?.id ?? null
  return sightOf(trx, person, dayInChina(now))
}

async function matching(db: Reads, context: ResourcesContext, sight: Sight, { text, kind, from }: Asked) {
  if (text === '') {
    return listResources(db, sight, {
      ...(kind === null ? {} : { kind }),
      state: 'open',
      from,
      limit: mostOnCard,
    })
  }
  const most = 60
  const asked = { text, limit: most, ...(kind === null ? {} : { kind }) }
  const ofKind = await context.search.find(db, sight, asked)
  // Rather a course about it than no speaker.
  const found =
    ofKind.length > 0 || kind === null ? ofKind : await context.search.find(db, sight, { text, limit: most })
  return { rows: found.slice(from, from + mostOnCard), count: found.length }
}

async function showFound(
  db: Reads,
  context: ResourcesContext,
  sight: Sight,
  asked: Asked,
  language: Language,
  more: Button[] = [],
): Promise<Card> {
  const { rows, count } = await matching(db, context, sight, asked)
  const { text, kind, from } = asked
  const what =
    kind === null ? translate(language, 'resources:list.any') : kindOf({ kind }, context.kinds, language)
  const title =
    text === ''
      ? translate(language, 'resources:list.all', { what, count })
      : translate(language, 'resources:list.about', { what, text: text.slice(0, 40), count })
  const next: Button = {
    ...{ label: translate(language, 'resources:do.next'), action: 'resources.list', opens: 'beside' },
    value: { text: text.slice(0, 300), kind: kind ?? '', from: String(from + rows.length) },
  }
  const buttons = [...(from + rows.length < count && rows.length > 0 ? [next] : []), ...more]
  return resourcesCard(
    { title, rows, count: Math.max(rows.length, count - from), more: buttons },
    context.kinds,
    language,
  )
}

async function showDetail(
  db: Reads,
  context: ResourcesContext,
  sight: Sight,
  id: string,
  language: Language,
): Promise<Card> {
  const row = await db.selectFrom('resource_entry').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const organisation = await db
    .selectFrom('organisation')
    .select('name')
    .where('id', '=', row.organisation)
    .executeTakeFirst()
  return resourceCard(
    {
      resource: await toResource(db, row),
      organisation: organisation?.name ?? '',
      owner: row.owner === null ? '' : ((await readPerson(db, row.owner))?.name ?? ''),
      use: (await useOf(db, [id])).get(id) ?? null,
      page: row.share === 'public' ? `${context.publicUrl()}/r/${id}` : null,
      isKeeper: sight.kept.has(row.organisation),
    },
    context.kinds,
    language,
  )
}
