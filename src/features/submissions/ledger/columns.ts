import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { Kind, KindField } from '../definition/schema.ts'

/** What of a record a ledger can show, beside the fields of its kind. */
export const recordColumns = [
  ...(['row', 'number', 'original-number', 'kind', 'variety', 'subject', 'state', 'naming'] as const),
  ...(['author', 'co-authors', 'organisation', 'lies-with', 'submitted', 'since', 'closed'] as const),
  ...(['handler', 'owner', 'verifier', 'priority', 'due', 'score', 'reviews', 'seconds'] as const),
  ...(['expected', 'benefit', 'granted', 'used', 'award', 'merged-into', 'published', 'origin'] as const),
] as const

export type RecordColumn = (typeof recordColumns)[number]

/** A record's own column, or a field of its kind as `field.<name>`. */
export type Column = RecordColumn | `field.${string}`

/** Names under which ledgers of many places know a column, beside its title in the messages. */
const synonyms: Partial<Record<RecordColumn, readonly string[]>> = {
  row: ['序', '行号', 'no', '#'],
  number: ['受理编号', '登记编号', '系统编号', 'number', 'record number'],
  'original-number': ['编号', '原编号', '建议编号', '提案编号', '项目编号', '台账编号', '序列号', 'id'],
  kind: ['种类', '提交种类', 'kind'],
  variety: ['类别', '类型', '建议类别', '项目类别', '成果类别', 'type', 'category'],
  subject: [
    ...['建议名称', '项目名称', '名称', '题目', '标题', '建议题目', '提案名称', '提案题目', '成果名称'],
    ...['合理化建议名称', '建议项目', '建议项目名称', '课题名称', '难题名称', 'title', 'subject', 'proposal'],
  ],
  state: [
    ...[
      '办理状态',
      '处理状态',
      '采纳情况',
      '是否采纳',
      '采纳',
      '实施情况',
      '处理结果',
      '办理结果',
      '评审结果',
    ],
    ...['审核结果', '落实情况', '办理情况', '进度', '结果', 'status', 'result'],
  ],
  author: [
    ...['提案人', '提出人', '建议人', '姓名', '作者', '第一作者', '申报人', '提报人', '主要完成人', '填报人'],
    ...['申请人', '负责人姓名', 'author', 'name', 'submitter', 'proposer'],
  ],
  'co-authors': ['合作者', '参与人', '其他完成人', '共同提案人', '合作人', 'co-author'],
  organisation: [
    ...[
      '单位',
      '部门',
      '所在单位',
      '所属单位',
      '所在部门',
      '提案单位',
      '申报单位',
      '建议人单位',
      '车间',
      '班组',
    ],
    ...['单位名称', '部门名称', '基层单位', '提出单位', 'unit', 'department', 'organization', 'company'],
  ],
  'lies-with': ['承办单位', '责任单位', '责任部门', '受理单位'],
  submitted: [
    ...['日期', '时间', '提案日期', '提出日期', '提出时间', '提案时间', '申报日期', '申报时间', '填报日期'],
    ...['登记日期', '登记时间', '建议日期', '提报日期', '提交时间', 'date', 'submitted', 'submitted on'],
  ],
  closed: ['完成日期', '完成时间', '办结时间', '结案日期', '结案时间', 'closed'],
  owner: ['责任人', '实施人', '落实人', '实施负责人', 'responsible'],
  verifier: ['验收人员', '核定人', 'verified by'],
  handler: ['经办人', '受理人', 'handled by'],
  due: ['计划完成日期', '计划完成时间', '要求完成日期', 'due'],
  score: ['得分', '分数', '评审得分', '评审分数', '综合得分', '总分', 'average score'],
  expected: [
    ...['预计效益', '预期效益', '预计经济效益', '预期经济效益', '预计年效益', '预计创效'],
    'expected benefit',
  ],
  benefit: [
    ...['效益', '经济效益', '年效益', '创效', '创造效益', '实际效益', '核定效益', '年创效', '年经济效益'],
    ...['实现效益', '产生效益', '产生经济效益', '取得效益', '效益金额', '节创价值', 'benefit', 'savings'],
  ],
  granted: ['批准金额', '批复金额', '支持金额', '资助金额', 'granted'],
  used: ['使用金额', '实际支出', '支出金额', '核销金额', 'spent'],
  award: ['奖项', '获奖等级', '奖励等级', '获奖情况', '评奖等级', '奖级', '奖励', 'award'],
}

/** Fields are known by what a sentence fills into them too. */
const heardSynonyms: Record<NonNullable<KindField['hears']>, readonly string[]> = {
  defect: [
    '现状',
    '问题',
    '存在问题',
    '现状问题',
    '现状及问题',
    '存在的问题',
    '现状描述',
    '问题描述',
    '背景',
    'problem',
  ],
  method: [
    ...['建议内容', '主要内容', '改进措施', '具体措施', '改善措施', '措施', '方案', '实施方案', '改进方案'],
    ...['具体办法', '内容', '解决办法', '改进内容', 'solution', 'content'],
  ],
  effect: ['效果', '实施效果', '预期成效', '成效', '改进效果', '预计效果', 'outcome'],
  named: [],
  amount: ['申请金额', '金额', '申请经费', 'amount'],
  whole: ['建议内容', '主要内容', '内容', '意见内容', '具体内容', '诉求内容', '诉求', 'content'],
}

/** A heading as it is compared: half width, lower case, without white space, numbering and what stands in brackets. */
export function bareHeading(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[(（【[].*?[)）】\]]/gs, '')
    .replaceAll(/[\s*:：、.。_*]/g, '')
    .toLowerCase()
}

/** The column's name over a ledger, in a language. */
export function columnTitle(column: Column, kinds: readonly Kind[], language: Language): string {
  if (!column.startsWith('field.')) return translate(language, `submissions:ledger.column.${column}`)
  return fieldNamed(kinds, column.slice(6))?.label[language] ?? column.slice(6)
}

/** Which column a heading means among those of these kinds; null: none. */
export function columnOf(heading: string, kinds: readonly Kind[]): Column | null {
  const wanted = bareHeading(heading)
  if (wanted === '') return null
  return columnsByName(kinds).get(wanted) ?? null
}

/** As `columnOf`, for many headings at once. */
export function columnsByName(kinds: readonly Kind[]): ReadonlyMap<string, Column> {
  const known = new Map<string, Column>()
  const note = (name: string, column: Column) => {
    const bare = bareHeading(name)
    if (bare !== '' && !known.has(bare)) known.set(bare, column)
  }
  for (const column of recordColumns) note(column, column)
  const fields = kinds.flatMap(({ pages }) => pages.flatMap((page) => page.fields))
  for (const { name } of fields) note(`field.${name}`, `field.${name}`)
  for (const { kind, field } of kinds.flatMap((kind) =>
    kind.pages.flatMap((page) => page.fields.map((field) => ({ kind, field }))),
  )) {
    const column = ownColumnOf(kind, field)
    for (const label of Object.values(field.label)) note(label, column)
    for (const name of field.hears ? heardSynonyms[field.hears] : []) note(name, column)
    note(field.name, column)
  }
  for (const column of recordColumns) {
    for (const language of ['zh-CN', 'en'] as const) {
      note(translate(language, `submissions:ledger.column.${column}`), column)
    }
    for (const name of synonyms[column] ?? []) note(name, column)
  }
  return known
}

/** A field that names the record, its variety or its expected benefit is the record's own column. */
function ownColumnOf(kind: Kind, { name, sets }: KindField): Column {
  if (name === kind.subject) return 'subject'
  if (name === kind.expected) return 'expected'
  if (sets === 'variety' || sets === 'co-authors' || sets === 'naming') return sets
  return `field.${name}`
}

/** The field of this name in any of the kinds, the first first. */
export function fieldNamed(kinds: readonly Kind[], name: string): KindField | undefined {
  for (const { pages } of kinds) {
    for (const { fields } of pages) {
      const found = fields.find((field) => field.name === name)
      if (found) return found
    }
  }
  return undefined
}

/** What a ledger shows where nobody says: the record's own columns, and all that its kind asks. */
export function usualColumns(kinds: readonly Kind[]): Column[] {
  const [kind] = kinds
  const fields =
    kind === undefined || kinds.some((other) => other.kind !== kind.kind)
      ? []
      : kind.pages.flatMap((page) =>
          page.fields.flatMap((field): Column[] => {
            const own = ownColumnOf(kind, field)
            return own.startsWith('field.') && field.type !== 'file' ? [own] : []
          }),
        )
  return [
    ...(['number', 'kind', 'variety', 'subject', 'author', 'co-authors'] as const),
    ...(['organisation', 'submitted', 'state', 'since'] as const),
    ...fields,
    ...(['expected', 'seconds', 'score', 'handler', 'owner', 'due', 'benefit', 'award', 'closed'] as const),
    ...(kind?.applied === undefined ? [] : (['granted', 'used'] as const)),
  ]
}
