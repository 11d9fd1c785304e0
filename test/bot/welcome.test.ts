import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { languages } from '../../src/chat/language.ts'
import { createAccountsFeature } from '../../src/features/accounts/accounts-feature.ts'
import { createCarriersFeature } from '../../src/features/carriers/carriers-feature.ts'
import { createConsoleEntry } from '../../src/features/console-entry/console-entry-feature.ts'
import { openEvents } from '../../src/features/events/open-events.ts'
import { findMeant, isReached, unnamed } from '../../src/features/guide/find-sayings.ts'
import { guideCard, sayingsCard } from '../../src/features/guide/guide-cards.ts'
import { createGuide } from '../../src/features/guide/guide-feature.ts'
import { circles, sayingsOf, themes } from '../../src/features/guide/themes.ts'
import { createHelp } from '../../src/features/help/help-feature.ts'
import { createLeaveFeature } from '../../src/features/leave/leave-feature.ts'
import { createMine } from '../../src/features/mine/mine-feature.ts'
import { welcomeCard } from '../../src/features/policy/policy-cards.ts'
import { createPolicyFeature } from '../../src/features/policy/policy-feature.ts'
import { createPushes } from '../../src/features/pushes/pushes-feature.ts'
import { openResources } from '../../src/features/resources/open-resources.ts'
import { readKind } from '../../src/features/submissions/definition/read-kind.ts'
import { createSubmissions } from '../../src/features/submissions/submissions-feature.ts'
import { createForms } from '../../src/forms/forms.ts'
import { guest } from '../../src/knowledge/clause.ts'
import type { KnowledgeBase } from '../../src/knowledge/knowledge-base.ts'
import { Vocabulary } from '../../src/knowledge/search/vocabulary.ts'
import { openCampaigns } from '../../src/open-campaigns.ts'
import { openDuties } from '../../src/open-duties.ts'
import type { Blobs } from '../../src/store/blobs.ts'
import type { Store } from '../../src/store/store.ts'
import { testFiles, testSealer } from '../fakes/test-sealer.ts'

// Nothing is carried out.
const store = {} as Store
const folder = 'knowledge/submissions'
const kinds = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => ({ ...readKind(readFileSync(`${folder}/${file}`, 'utf8'), file), version: 1 }))

/** All features with what they take; nothing is carried out. */
async function allFeatures() {
  const shared = {
    ...{ store, sealer: testSealer, files: testFiles, blobs: {} as Blobs },
    publicUrl: () => '',
    consoleLink: async () => null,
    membersOf: async () => null,
    wakeWorkers() {},
  }
  const silent = { info() {}, warn() {}, error() {} }
  const words = { vocabulary: new Vocabulary([]), commonWords: new Uint32Array() }
  const help = createHelp({
    store,
    library: { engine: {} as never },
    publicUrl: () => '',
    membersOf: async () => null,
    wakeWorkers() {},
  })
  const features = [
    help.feature,
    createAccountsFeature({ store }),
    createConsoleEntry({ linkFor: async () => null }),
    createLeaveFeature({ store }),
    createMine({
      store,
      features: [],
      handlerOf: () => {
        throw new Error('nothing is pressed')
      },
    }).feature,
    createSubmissions({
      ...{ store, sealer: {} as never, files: testFiles, publicUrl: () => '', wakeWorkers() {} },
      kinds: { all: () => kinds, everyVersion: () => kinds, current: () => kinds[0]!, of: () => kinds[0]! },
    }).feature,
    (await openEvents(shared, 'knowledge/events', silent)).feature,
    openResources(shared, 'knowledge', words, silent).feature,
    createCarriersFeature(shared),
    ...openDuties({
      ...{ ...shared, knowledgeDir: 'knowledge', model: null },
      submissions: {} as Parameters<typeof openDuties>[0]['submissions'],
    }).features,
    ...openCampaigns({
      ...{ ...shared, knowledgeDir: 'knowledge', model: null },
      submissions: { kinds: { all: () => kinds } } as never,
      reminders: {} as never,
    }).features,
    createPushes({} as never),
    createForms([], { ...{ store, sealer: testSealer, files: testFiles }, showsForms: () => true }).feature,
  ]
  const policy = createPolicyFeature({
    ...{ store, knowledge: {} as KnowledgeBase, clock: () => new Date(), model: null },
    ...{ readerOf: async () => guest, readersOf: async () => [] },
  })
  const told = [policy, ...features]
  return [...told, createGuide({ store, features: told })]
}

/** What is no use to anybody who asks what there is: greetings, and 帮助 itself. */
const talking = ['policy', 'guide']
const features = await allFeatures()
const commands = features.flatMap((feature) => feature.commands)
const known = commands.flatMap(({ words }) => Object.values(words).flat())
const isWord = (say: string) => known.includes(say)
const everySaying = languages.flatMap((to) => themes.flatMap((theme) => sayingsOf(theme, to)))

describe.each(languages)('the guide in %s', (language) => {
  const sayings = themes.flatMap((theme) => sayingsOf(theme, language))

  test('names every command of every feature, by words or by an example', () => {
    const useful = features.filter(({ name }) => !talking.includes(name)).flatMap((one) => one.commands)
    expect(unnamed(useful, language)).toEqual([])
    const silent = useful.filter((command) => !everySaying.some(({ say }) => isReached(command, say)))
    // Takes whole sentences by what they are about; 近期活动 says so.
    expect(silent.map(({ pattern }) => String(pattern))).toEqual(['/^.{2,80}$/u'])
  })

  test('says nothing that does nothing', () => {
    const vain = sayings.filter(({ say }) => !commands.some((command) => isReached(command, say)))
    expect(vain).toEqual([])
    expect(sayings.filter(({ say, what }) => say === '' || what === '')).toEqual([])
    expect(new Set(sayings.map(({ say }) => say)).size).toBe(sayings.length)
  })

  test('shows everybody what is theirs, by a button for each theme and for each word', () => {
    const counts = circles.map((circle) => {
      const reader = { language, circle, works: () => true, isWord, others: [] }
      const pressed = textsOf(guideCard(reader))
      for (const text of pressed) {
        const words = text.slice(text.indexOf(' ') + 1)
        const meant = findMeant(words, language, true)
        expect(meant, text).toMatchObject({ theme: {} })
        const said = textsOf(sayingsCard(meant!, words, reader))
        for (const one of said) expect(known).toContain(one)
      }
      return pressed.length
    })
    expect(counts).toEqual([9, 14, 14])
  })
})

test('what there is to say about one thing is found by its word, and a question is none of it', () => {
  const found = (words: string, apart = true) => {
    const meant = findMeant(words, 'zh-CN', apart)
    return meant && ('theme' in meant ? meant.theme.name : meant.sayings.map(({ say }) => say))
  }
  expect(found('讲比活动')).toBe('campaigns')
  expect(found('通知')).toBe('notices')
  expect(found('发通知')).toEqual(['发通知'])
  expect(found('发通知', false)).toEqual(['发通知'])
  expect(found('企业建立科协组织', false)).toBeNull()
  expect(found('单位', false)).toBeNull()
})

test('a kind that was added as data is offered without being named', () => {
  const added = { words: { 'zh-CN': ['提点子'], en: ['idea'] }, run: async () => {} }
  expect(unnamed([added], 'zh-CN')).toEqual(['提点子'])
  const reader = {
    language: 'zh-CN' as const,
    circle: 'all' as const,
    works: () => true,
    isWord,
    others: ['提点子'],
  }
  expect(textsOf(guideCard(reader))).toContain('提点子')
})

test.each(languages)('the welcome leads to the guide, in %s', (language) => {
  const [help] = textsOf(welcomeCard(language)).slice(-1)
  expect(features.at(-1)!.commands[0]!.words[language]).toContain(help)
})

function textsOf({ blocks }: Card): string[] {
  const buttons = blocks.flatMap((block) => (block.type === 'buttons' ? block.buttons : []))
  return buttons.flatMap(({ value }) => value.text ?? [])
}
