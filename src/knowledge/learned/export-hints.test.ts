import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Clause, DocumentVersion } from '../clause.ts'
import { hintsAsYaml } from './export-hints.ts'

const clause = (key: string, text: string): Clause => ({
  ...{ key, kind: 'clause', number: null, label: '', path: [], lead: text, text },
})

const canteen: DocumentVersion = {
  ...{ document: '食堂', version: 1, title: '食堂办法', issuers: '', effective: null },
  visibility: { open: true },
  clauses: [
    clause('二/2', '外来人员凭单就餐。'),
    clause('一/1', '餐补每月十日发放；由人事处造册。\n食堂七点开门。'),
  ],
}

test('questions stand under the sentence of their clause that they share most with', () => {
  const yaml = hintsAsYaml(canteen, [
    { question: '餐补什么时候发', key: '一/1' },
    { question: '几点开门: "早饭"?', key: '一/1' },
    { question: '每月哪天发餐补', key: '一/1' },
    { question: '每月哪天发餐补', key: '一/1' },
    { question: '没有这一条', key: '九/9' },
  ])
  expect(parse(yaml)).toEqual({
    document: '食堂',
    clauses: {
      '一/1': [
        { passage: '餐补每月十日发放；', questions: ['餐补什么时候发', '每月哪天发餐补'] },
        { passage: '食堂七点开门。', questions: ['几点开门: "早饭"?'] },
      ],
    },
  })
})
