import { expect, test } from 'vitest'
import type { FormField } from './definition.ts'
import { summaryIntro } from './form-texts.ts'

const reply: FormField = { name: 'a', type: 'text', label: 'help:reply.text', seenBy: 'help:reply.seen-by' }
const open: FormField = { name: 'b', type: 'text', label: 'help:reply.clause' }
const zh = { draft: { language: 'zh-CN' as const }, definition: {} }

test('the summary names whoever handles the record only where some field is for them', () => {
  const handlers = '提交后，由负责办理的人员查看。'
  expect(summaryIntro({ fields: [open] }, zh)).toContain(handlers)
  expect(summaryIntro({ fields: [reply, open] }, zh)).toContain(handlers)
  const lines = summaryIntro({ fields: [reply] }, zh)
  expect(lines).not.toContain(handlers)
  expect(lines.at(-1)).toBe('答复：会发给提问人；在群里提的问题，群里成员也能看到。')
})

test('a form may say itself who reads it, or leave that to its notes', () => {
  const seenBy = { 'zh-CN': '答复会告诉提交人。', en: 'The author is told.' }
  expect(summaryIntro({ fields: [open] }, { ...zh, definition: { seenBy } })).toContain('答复会告诉提交人。')
  expect(summaryIntro({ fields: [open] }, { ...zh, definition: { seenBy: null } })).toHaveLength(1)
})
