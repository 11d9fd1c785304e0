import { expect, test } from 'vitest'
import { testReader } from '../../test/fakes/test-sealer.ts'
import { cardToText } from '../platforms/text/render-card.ts'
import { draftsCard, subjectText } from './draft-cards.ts'
import type { Draft } from './drafts.ts'
import { indexDefinitions } from './session.ts'

const definitions = indexDefinitions(
  [
    {
      name: 'help.reply',
      version: 1,
      title: 'help:reply.form',
      subject: 'help:about',
      pages: [],
      submit: async () => ({ number: '', card: { tone: 'info', blocks: [] } }),
    },
  ],
  testReader,
)

const draftOf = (id: string, context: Record<string, string>): Draft => ({
  ...{ id, form: 'help.reply', version: 1, state: 'open', owner: 'p' },
  account: { platform: 'web', installation: 'web', user: 'u' },
  conversation: { platform: 'web', installation: 'web', chat: 'u', thread: '' },
  ...{
    language: 'zh-CN',
    page: 'reply',
    values: {},
    context,
    asking: null,
    receipt: null,
    sealedUnder: null,
    files: [],
  },
  openedAt: new Date('2026-03-02T01:00:00Z'),
  updatedAt: new Date('2026-03-02T01:00:00Z'),
})

test('a subject of its own words is filled in, and left out where the context does not say it', () => {
  const own = indexDefinitions(
    [
      {
        name: 'help.reply',
        version: 1,
        title: 'help:reply.form',
        subject: '{{name}}',
        pages: [],
        submit: async () => ({ number: '', card: { tone: 'info', blocks: [] } }),
      },
    ],
    testReader,
  )
  expect(subjectText('zh-CN', draftOf('a', { name: '一分公司' }), own)).toBe('一分公司')
  expect(subjectText('en', draftOf('a', {}), own)).toBe('')
  const text = cardToText(draftsCard('zh-CN', [draftOf('a', {})], own), { buttons: 'none' })
  expect(text).not.toContain('{{')
})

test('two drafts of one form are told apart by what they are about', () => {
  const drafts = [
    draftOf('a', { number: 'WD-2026-0001', question: '经费怎么来？' }),
    draftOf('b', { number: 'WD-2026-0002', question: '谁来审批？' }),
  ]
  const text = cardToText(draftsCard('zh-CN', drafts, definitions), { buttons: 'none' })
  expect(text).toContain('WD-2026-0001：经费怎么来？')
  expect(text).toContain('WD-2026-0002：谁来审批？')
})
