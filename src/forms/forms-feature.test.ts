import { expect, test } from 'vitest'
import { testReader } from '../../test/fakes/test-sealer.ts'
import { createFormsFeature } from './forms-feature.ts'
import { indexDefinitions } from './session.ts'

const { commands } = createFormsFeature({
  store: { now: async () => new Date(0) },
  definitions: indexDefinitions([], testReader),
  showsForms: () => true,
  continueDraft: () => Promise.reject(new Error('not here')),
})

test.each(['提交', '取消', '保存草稿', '上一步', 'submit', 'save draft'])(
  '%s belongs to forms, also where nothing is asked',
  (said) => {
    expect(commands.some(({ pattern }) => pattern?.test(said))).toBe(true)
  },
)

test.each(['提交材料找谁', '取消会员资格要什么手续', 'cancel membership'])('%s is left to others', (said) => {
  expect(commands.some(({ pattern }) => pattern?.test(said))).toBe(false)
})
