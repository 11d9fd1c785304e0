import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { languages } from '../../src/chat/language.ts'
import { createAccountsFeature } from '../../src/features/accounts/accounts-feature.ts'
import { createCarriersFeature } from '../../src/features/carriers/carriers-feature.ts'
import { createConsoleEntry } from '../../src/features/console-entry/console-entry-feature.ts'
import { openEvents } from '../../src/features/events/open-events.ts'
import { createHelp } from '../../src/features/help/help-feature.ts'
import { createLeaveFeature } from '../../src/features/leave/leave-feature.ts'
import { createMine } from '../../src/features/mine/mine-feature.ts'
import { welcomeCard } from '../../src/features/policy/policy-cards.ts'
import { createPolicyFeature } from '../../src/features/policy/policy-feature.ts'
import { openResources } from '../../src/features/resources/open-resources.ts'
import { readKind } from '../../src/features/submissions/definition/read-kind.ts'
import { createSubmissions } from '../../src/features/submissions/submissions-feature.ts'
import { createForms } from '../../src/forms/forms.ts'
import { guest } from '../../src/knowledge/clause.ts'
import type { KnowledgeBase } from '../../src/knowledge/knowledge-base.ts'
import { Vocabulary } from '../../src/knowledge/search/vocabulary.ts'
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

test.each(languages)('every word that the welcome names reaches something, in %s', async (language) => {
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
      kinds: { all: () => kinds, everyVersion: () => [], current: () => kinds[0]!, of: () => kinds[0]! },
    }).feature,
    (await openEvents(shared, 'knowledge/events', silent)).feature,
    openResources(shared, 'knowledge', words, silent).feature,
    createCarriersFeature(shared),
    ...openDuties({
      ...{ ...shared, knowledgeDir: 'knowledge', model: null },
      submissions: {} as Parameters<typeof openDuties>[0]['submissions'],
    }).features,
    createForms([], { ...{ store, sealer: testSealer, files: testFiles }, showsForms: () => true }).feature,
  ]
  const policy = createPolicyFeature({
    ...{ store, knowledge: {} as KnowledgeBase, clock: () => new Date(), model: null },
    ...{ readerOf: async () => guest, readersOf: async () => [] },
  })
  const known = [policy, ...features].flatMap(({ commands }) =>
    commands.flatMap(({ words }) => words[language]),
  )
  const notes = welcomeCard(language).blocks.flatMap((block) => (block.type === 'note' ? [block.text] : []))
  const named = notes.flatMap((note) =>
    note.split(/[;；]/).flatMap((part) => part.replace(/^.*[:：]/, '').split(/[、,。.]/)),
  )
  // A number is no word: what it shows is tested with its command.
  const said = named.map((word) => word.trim()).filter((word) => word !== '' && !/\d/.test(word))
  expect(said).toHaveLength(39)
  for (const word of said) expect(known).toContain(word)
})
