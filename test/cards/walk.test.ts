import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import type { FormView } from '../../src/chat/form-view.ts'
import { languages } from '../../src/chat/language.ts'
import { mineCard } from '../../src/features/mine/mine-card.ts'
import { welcomeCard } from '../../src/features/policy/policy-cards.ts'
import { createHome } from '../../src/platforms/slack/home.ts'
import { problemsOfView } from '../fakes/slack-block-rules.ts'
import { readSources } from '../house/source-files.ts'
import { openTestStore } from '../store/open-test-store.ts'
import { findCardMakers } from './card-makers.ts'
import { checkCard, checkForm } from './check-card.ts'
import { sizes } from './extreme-texts.ts'
import { roundsOf } from './form-rounds.ts'
import { walkedAssessment } from './walked-assessment.ts'
import { walkedCalendars } from './walked-calendars.ts'
import { walkedCampaigns } from './walked-campaigns.ts'
import { minesOf, walked } from './walked-cards.ts'
import { walkedCarriers } from './walked-carriers.ts'
import { walkedCheckIn } from './walked-check-in.ts'
import { walkedCollections } from './walked-collections.ts'
import { walkedConsultations } from './walked-consultations.ts'
import { walkedDuties } from './walked-duties.ts'
import { fitting, forms, settlePeople, stepsOf, viewsOf } from './walked-forms.ts'
import { walkedGuide } from './walked-guide.ts'
import { cardsOfAccounts, cardsOfHelp, cardsOfSubmissions, housedMakers, noticesOf } from './walked-houses.ts'
import { walkedItems } from './walked-items.ts'
import { walkedJudging } from './walked-judging.ts'
import { cardsOfKinds, kindMakers } from './walked-kinds.ts'
import { walkedLiaison } from './walked-liaison.ts'
import { cardsOfMaking, makingMakers, walkedMaking } from './walked-making.ts'
import { walkedNotices } from './walked-notices.ts'
import { walkedOrganisations } from './walked-organisations.ts'
import { walkedPlans } from './walked-plans.ts'
import { walkedPresses } from './walked-presses.ts'
import { cardsOfProblems, problemMakers, walkedExperts } from './walked-problems.ts'
import { walkedPushes } from './walked-pushes.ts'
import { walkedRegistering } from './walked-registering.ts'
import { walkedReminderMaking } from './walked-reminder-making.ts'
import { walkedResources } from './walked-resources.ts'
import { walkedRunning } from './walked-running.ts'
import { sentenceMakers, sentences } from './walked-sentences.ts'
import { walkedShowing } from './walked-showing.ts'
import { cardsBesideProposals, cardsOfOpinions, submissionMakers } from './walked-submissions.ts'
import { walkedSummaries } from './walked-summaries.ts'

const cases = languages.flatMap((language) =>
  Object.entries(sizes).map(([size, texts]) => ({ language, size, texts })),
)

/** Cards that are made of texts of each size. */
const byTexts = [
  ...walked,
  ...walkedExperts,
  ...walkedAssessment,
  ...walkedPushes,
  ...walkedCalendars,
  ...walkedCampaigns,
  ...walkedCarriers,
  ...walkedCheckIn,
  ...walkedConsultations,
  ...walkedDuties,
  ...walkedGuide,
  ...walkedItems,
  ...walkedJudging,
  ...walkedLiaison,
  ...walkedMaking,
  ...walkedCollections,
  ...walkedNotices,
  ...walkedOrganisations,
  ...walkedPlans,
  ...walkedPresses,
  ...walkedRegistering,
  ...walkedReminderMaking,
  ...walkedResources,
  ...walkedRunning,
  ...walkedShowing,
  ...walkedSummaries,
]

describe('every card of the product is one that both messengers take, and says where it was shortened:', () => {
  for (const { makers, cards } of byTexts) {
    const names = makers.map((maker) => maker.split('#')[1]).join(', ')
    test.each(cases)(`${names}, in $language at its $size`, ({ language, texts }) => {
      for (const card of cards(language, texts)) checkCard(card, language)
    })
  }

  test.each(languages)('each sentence in %s', (language) => {
    const cards = sentences(language)
    expect(cards.length).toBeGreaterThan(300)
    for (const card of cards) checkCard(card, language)
  })

  test('all that is shown of questions put to people', async () => {
    const opened = await openTestStore()
    const cards = await cardsOfHelp(async (options) => {
      await opened.close()
      Object.assign(opened, await openTestStore(options))
      return opened
    })
    await opened.close()
    expect(cards.length).toBeGreaterThan(60)
    for (const card of cards) checkCard(card, card.title?.match(/[a-z]{3}/) ? 'en' : 'zh-CN')
  })

  test('all that is shown of proposals', async () => {
    const opened = await openTestStore()
    const cards = await cardsOfSubmissions(async (options) => {
      await opened.close()
      Object.assign(opened, await openTestStore(options))
      return opened
    })
    await opened.close()
    expect(cards.length).toBeGreaterThan(40)
    for (const card of cards) checkCard(card, card.title?.startsWith('My') ? 'en' : 'zh-CN')
  })

  test.each([
    { what: 'beside proposals', walk: cardsBesideProposals, least: 80 },
    { what: 'of opinions and rights cases', walk: cardsOfOpinions, least: 60 },
  ])('all that is shown $what', async ({ walk, least }) => {
    const opened = await openTestStore()
    const cards = await walk(async (options) => {
      await opened.close()
      Object.assign(opened, await openTestStore(options))
      return opened
    })
    await opened.close()
    expect(cards.length).toBeGreaterThan(least)
    for (const card of cards) checkCard(card, card.title?.match(/^[A-Z][a-z]/) ? 'en' : 'zh-CN')
  })

  test('all that organisers of events are shown', async () => {
    const opened = await openTestStore()
    const cards = await cardsOfMaking(async (options) => {
      await opened.close()
      Object.assign(opened, await openTestStore(options))
      return opened
    })
    await opened.close()
    expect(cards.length).toBeGreaterThan(20)
    for (const card of cards) checkCard(card, card.title?.startsWith('Events I') ? 'en' : 'zh-CN')
  })

  test('all that is shown of technical problems and experts', async () => {
    const opened = await openTestStore()
    const cards = await cardsOfProblems(async (options) => {
      await opened.close()
      Object.assign(opened, await openTestStore(options))
      return opened
    })
    await opened.close()
    expect(cards.length).toBeGreaterThan(60)
    for (const card of cards) checkCard(card, card.title?.startsWith('Experts') ? 'en' : 'zh-CN')
  })

  test('all that is shown of model cases and of money that was granted', async () => {
    const opened = await openTestStore()
    const cards = await cardsOfKinds(async (options) => {
      await opened.close()
      Object.assign(opened, await openTestStore(options))
      return opened
    })
    await opened.close()
    expect(cards.length).toBeGreaterThan(20)
    for (const card of cards) checkCard(card, 'zh-CN')
  })

  test.each(languages)('what accounts, the console and failed deliveries show, in %s', async (language) => {
    const { store, close } = await openTestStore()
    const cards = [...(await cardsOfAccounts(store, language)), ...(await noticesOf(store))]
    await close()
    expect(cards).toHaveLength(8)
    for (const card of cards) checkCard(card, language)
  })
})

describe('every page of a form is one that both messengers take:', () => {
  const each = languages.flatMap((language) => forms.map((form) => ({ language, form, name: form.name })))

  /** One database for all of them: to open one takes longer than to walk most forms. */
  let opened: Awaited<ReturnType<typeof openTestStore>>
  beforeAll(async () => {
    opened = await openTestStore()
    await settlePeople(opened.store)
  })
  afterAll(() => opened.close())

  test.each(each)('$name in $language', async ({ form, language }) => {
    const { store } = opened
    const { rounds, unreached } = roundsOf(form, fitting[form.name])
    const views: FormView[] = []
    const cards: Card[] = []
    for (const round of rounds) {
      views.push(...(await viewsOf(store, form, language, round)))
      cards.push(...(await stepsOf(store, form, language, round)))
    }
    // What always lies encrypted has no files and no co-authors; where all sign, or nobody, guests are asked one way.
    expect(unreached.filter((name) => !/-signed$|^guest/.test(name))).toEqual([])
    expect(unreached.filter((name) => name.startsWith('guest')).length).toBeLessThan(2)
    const asked = form.pages.filter(({ name }) => !unreached.includes(name))
    for (const { name } of asked) expect(views.map(({ page }) => page)).toContain(name)
    expect(views.some(({ fields }) => fields.some(({ problem }) => problem !== ''))).toBe(true)
    expect(views.some(({ summary }) => summary.length > 0)).toBe(true)
    expect(cards.length).toBeGreaterThan(form.pages.flatMap(({ fields }) => fields).length)
    for (const view of views) checkForm(view, language)
    for (const card of cards) checkCard(card, language)
  })

  test('of every form that a feature has', () => {
    const files = [...readSources('src')].filter(([path]) => !path.endsWith('.test.ts'))
    const named = files.flatMap(([, source]) => [
      ...source.matchAll(/name: '(\w+\.[\w-]+)',\s+version: \d+,/g),
    ])
    expect(named.map(([, name]) => name).sort()).toEqual(
      forms
        .map(({ name }) => name)
        .filter((name) => name !== 'sample.everything' && !name.startsWith('submissions.'))
        .sort(),
    )
  })
})

test.each(cases)('the home of Slack in $language at its $size', async ({ language, texts }) => {
  const published: unknown[] = []
  const client = { views: { publish: async (given: { view: unknown }) => published.push(given.view) } }
  const profile = { name: texts.name, departments: [], language, timeZone: '' }
  const home = createHome(
    client as unknown as Parameters<typeof createHome>[0],
    { profileOf: async () => profile, lookUp: async () => profile, chatWith: async () => 'D1' },
    {
      team: 'T1',
      welcome: welcomeCard,
      home: async () => mineCard(minesOf(texts), language, 'home'),
      logger: { info() {}, warn() {}, error() {} },
    },
  )
  await home.showHome('U1')
  expect(published.map(problemsOfView)).toEqual([[]])
})

test('a function that makes cards is walked', () => {
  const makers = findCardMakers(readSources('src'))
  const made = byTexts.flatMap((one) => one.makers)
  const known = [
    ...made,
    ...sentenceMakers,
    ...housedMakers,
    ...makingMakers,
    ...problemMakers,
    ...kindMakers,
    ...submissionMakers,
  ]
  expect(makers.filter((maker) => !known.includes(maker))).toEqual([])
  expect(known.filter((maker) => !makers.includes(maker))).toEqual([])
  expect(new Set(known).size).toBe(known.length)
})

test('a new function that makes cards is found', () => {
  const named =
    '/** A card. */\nexport function lateCard(\n  name: string,\n): Card {\n  return make(name)\n}\n'
  const unnamed = "async function remind(): Promise<void> {\n  await say({ tone: 'info', blocks: [] })\n}\n"
  const files = new Map([
    ['src/features/a/a.ts', named + unnamed],
    ['src/command-line/a.ts', named],
    ['src/features/a/a.test.ts', named],
  ])
  expect(findCardMakers(files)).toEqual(['src/features/a/a.ts#lateCard', 'src/features/a/a.ts#remind'])
})
