import type { Card } from '../../chat/card.ts'
import type { Acknowledgement } from '../../chat/form-view.ts'
import type { Language } from '../../chat/language.ts'
import { answerAlone } from '../../conversation/answer-alone.ts'
import type { Click, Command, Feature, Turn } from '../../conversation/feature.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import type { PlacedOrganisation } from '../../people/organisations.ts'
import { findPersonByAccount, type Reads } from '../../people/people.ts'
import type { Day } from '../../timers/calendar/day.ts'
import { mayEdit, mustEdit, sightOf } from './access.ts'
import type { OrganisationsContext } from './context.ts'
import { organisationNamed, organisationsOf } from './find-asked.ts'
import { readProfile } from './profile.ts'
import { chooseCard, profileCard } from './profile-cards.ts'
import { profileForm, valuesOf } from './profile-form.ts'

type Wanted = 'organisations.show' | 'organisations.edit'

/** What is known of organisations: their associations, their science and technology workers (clauses 10, 14). */
export function createOrganisations(context: OrganisationsContext): Feature {
  return {
    name: 'organisations',
    actions: {
      show: { reads: true, run: show },
      edit: { reads: false, run: edit },
    },
    commands: commands(context),
    forms: [profileForm(context)],
    mine: async () => [],
    timers: {},
    subscriptions: {},
  }
}

const named = /^(?:单位档案|查看单位档案|organisation profile)[\s:：]+(.{1,200})$/iu
const asked = /^(.{1,200}?)的?科协(?:组织)?(?:情况|概况)$/u
const changed = /^(?:修改单位档案|change organisation profile)[\s:：]+(.{1,200})$/iu

function commands(context: OrganisationsContext): Command[] {
  const { db } = context.store
  const nameIn = (pattern: RegExp, { message }: Pick<Turn, 'message'>) =>
    pattern.exec(
      message.text
        .normalize('NFKC')
        .trim()
        .replace(/[。.!！?？]+$/u, ''),
    )?.[1] ?? ''
  const answer = (wanted: Wanted, pattern: RegExp | null) => (turn: Turn) =>
    answerAlone(turn, context, async (trx, now) => {
      const person = await findPersonByAccount(trx, turn.message.account)
      if (!person) throw new PlainError('organisations:sign-in')
      const today = dayInChina(now)
      const who = { person: person.id, today, language: turn.language }
      if (pattern === null) return answerOwn(trx, wanted, who)
      const found = await organisationNamed(trx, nameIn(pattern, turn))
      if (!found) throw new PlainError('organisations:gone')
      return answerOne(trx, wanted, found, who)
    })
  return [
    {
      words: {
        'zh-CN': ['单位档案', '查看单位档案', '本单位档案', '本单位科协情况', '我们单位科协情况'],
        en: ['organisation profile'],
      },
      run: answer('organisations.show', null),
    },
    {
      words: { 'zh-CN': ['修改单位档案', '更新单位档案'], en: ['change organisation profile'] },
      run: answer('organisations.edit', null),
    },
    { words: { 'zh-CN': [], en: [] }, pattern: named, run: answer('organisations.show', named) },
    { words: { 'zh-CN': [], en: [] }, pattern: changed, run: answer('organisations.edit', changed) },
    {
      words: { 'zh-CN': [], en: [] },
      pattern: asked,
      // 企业科协情况 is a question about the guideline, not an organisation's name.
      fits: async (turn) => (await organisationNamed(db, nameIn(asked, turn))) !== null,
      run: answer('organisations.show', asked),
    },
  ]
}

interface Who {
  person: string
  today: Day
  language: Language
}

/** Of one's own organisation; where there are several, which. */
async function answerOwn(db: Reads, wanted: Wanted, who: Who): Promise<Card> {
  const own = await organisationsOf(db, who.person, who.today)
  if (own.length === 0) throw new PlainError('organisations:no-organisation')
  const [only, another] = own
  return only && !another ? answerOne(db, wanted, only, who) : chooseCard(own, wanted, who.language)
}

async function answerOne(
  db: Reads,
  wanted: Wanted,
  { id, name, path }: PlacedOrganisation,
  { person, today, language }: Who,
): Promise<Card> {
  if (wanted === 'organisations.edit') {
    await mustEdit(db, person, id, today)
    return chooseCard([{ id, name }], wanted, language)
  }
  const sight = await sightOf(db, person, id, today)
  if (sight === 'nothing') throw new PlainError('organisations:gone')
  const profile = await readProfile(db, id)
  const edits = await mayEdit(db, person, id, today)
  return profileCard({ profile, name: path, sight, edits }, language)
}

/** The organisation of a button, and who pressed it. Throws PlainError for a guest. */
async function pressed({ trx, action, now, language }: Click) {
  const person = await findPersonByAccount(trx, action.account)
  if (!person) throw new PlainError('organisations:sign-in')
  const found = await organisationNamed(trx, action.value.organisation ?? '')
  if (!found) throw new PlainError('organisations:gone')
  return { found, who: { person: person.id, today: dayInChina(now), language } }
}

async function show(click: Click): Promise<Acknowledgement> {
  const { found, who } = await pressed(click)
  const beside = await answerOne(click.trx, 'organisations.show', found, who)
  return { beside, besideAlone: true }
}

async function edit(click: Click): Promise<Acknowledgement> {
  const { found, who } = await pressed(click)
  await mustEdit(click.trx, who.person, found.id, who.today)
  return click.openForm('organisations.edit', {
    values: valuesOf(await readProfile(click.trx, found.id)),
    context: { organisation: found.id, name: found.name },
  })
}
