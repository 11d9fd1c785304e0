import type { Language } from '../../src/chat/language.ts'
import type { Push } from '../../src/features/pushes/keep-push.ts'
import { doneCard, failedCard, pushesCard, takenCard } from '../../src/features/pushes/push-cards.ts'
import type { Sizes } from './extreme-texts.ts'
import type { Walked } from './walked-cards.ts'

/** As many as one person's list shows. */
const listed = 20

export const walkedPushes: Walked[] = [
  {
    makers: ['takenCard', 'doneCard', 'failedCard', 'pushesCard'].map(
      (name) => `src/features/pushes/push-cards.ts#${name}`,
    ),
    cards(language: Language, { title, many }: Sizes) {
      const at = '2026-11-24T02:00:00.000Z'
      const push: Push = {
        ...{ id: 'p'.repeat(36), source: 'ledger', record: '', person: 'w', language, account: '{}' },
        ...{ title: Array.from(title).slice(0, 60).join(''), base: 'b', given: 0, spare: '', shared: 1 },
        ...{ url: 'https://example.feishu.cn/base/abcdefghij', state: 'failed', daily: 1 },
        problem: JSON.stringify({ key: 'pushes:problem.not-allowed', values: {} }),
        ...{ asked: 1, told: 0, attempts: 0, due_at: at, leased_until: null, pushed_at: at },
      }
      const fresh: Push = { ...push, state: 'waiting', url: '', daily: 0, pushed_at: null }
      const table = { words: { 'zh-CN': ['台账'], en: ['ledger'] }, open: () => Promise.reject(new Error()) }
      const tables = [
        { ...table, name: 'ledger', number: null },
        { ...table, name: 'events', number: /^HD-/ },
      ]
      const own = Array.from({ length: Math.min(many, listed) }, () => push)
      return [
        takenCard(push, language),
        takenCard(fresh, language),
        doneCard(push, many, language),
        failedCard(push, language),
        failedCard({ ...fresh, problem: push.problem }, language),
        pushesCard([], tables, language),
        pushesCard([fresh, { ...push, state: 'done' }, ...own], tables, language),
      ]
    },
  },
]
