import { expect, test } from 'vitest'
import { recognise } from './recognise.ts'

test.each([
  ['谁能讲人工智能科普？', '人工智能', 'speaker'],
  ['有谁可以来讲机器人', '机器人', 'speaker'],
  ['哪位老师能讲碳中和的科普讲座？', '碳中和', 'speaker'],
  ['想请专家来讲食品安全', '食品安全', 'speaker'],
  ['找讲师 机器人', '机器人', 'speaker'],
  ['有没有可以参观的实验室', '实验室', 'facility'],
  ['哪里可以参观智能工厂？', '智能工厂', 'facility'],
  ['我们想组织学生去参观钢铁博物馆', '钢铁博物馆', 'facility'],
  ['有没有航天的展品', '航天', 'exhibit'],
  ['有哪些科普资源', '', null],
  ['Who can give a talk about AI?', 'AI', 'speaker'],
  ['Can we visit the robot lab?', 'robot lab', 'facility'],
])('%s', (text, topic, kind) => {
  expect(recognise(text)).toEqual({ topic, kind })
})

test.each([
  '谁能讲一下怎么成立企业科协？',
  '谁能讲解一下第十条',
  '谁可以讲讲科协经费怎么来',
  '企业不满一百人，能不能成立科协？',
  '有没有成立科协的条件',
  '谁能加入企业科协',
  '科普工作由谁负责',
  '科普经费有没有规定',
  '参观学习算不算科普活动？',
  '想请假',
  '有哪些专家',
  '我的预约',
  '',
])('%s is none', (text) => {
  expect(recognise(text)).toBeNull()
})
