import { PlainError } from '../../messages/plain-error.ts'
import type { OrganisationKind, Role } from '../roles.ts'
import type { TableRow } from './read-table.ts'

/** Every heading under which a column is known; the first Chinese one is what the template says. */
const headings = {
  person: ['姓名', '名字', '人员', 'name', 'person', 'full name'],
  organisation: [
    '单位',
    '单位名称',
    '所在单位',
    '所属单位',
    'organisation',
    'organization',
    'company',
    'unit',
  ],
  parent: ['上级单位', '上级组织', 'parent', 'parent organisation', 'parent organization'],
  kind: ['单位类型', '单位类别', '类型', 'kind', 'type', 'organisation kind', 'organization type'],
  roles: ['角色', '身份', '职责', 'role', 'roles'],
  from: ['起', '起始日期', '开始日期', '任职起', 'from', 'start', 'since'],
  until: ['止', '截止日期', '结束日期', '任职止', 'until', 'to', 'end'],
  accounts: ['平台账号', '平台帐号', '账号', '帐号', 'account', 'accounts', 'platform account'],
  superior: ['直接上级', '直属上级', 'superior', 'reports to'],
} as const

export type Column = keyof typeof headings

const columnNames = Object.keys(headings) as Column[]

/** The headings of the template: Chinese, each column once. */
export const templateHeadings = columnNames.map((column) => headings[column][0])

export const roleWords: Record<string, Role> = {
  ...{ 科技工作者: 'staff', 职工: 'staff', 员工: 'staff', 成员: 'staff', 会员: 'staff', staff: 'staff' },
  ...{ 干部: 'cadre', 科协干部: 'cadre', cadre: 'cadre', 指导员: 'instructor', instructor: 'instructor' },
  ...{ 联络员: 'liaison', liaison: 'liaison', 评审: 'reviewer', 评审员: 'reviewer', 评审专家: 'reviewer' },
  ...{ 权益专员: 'rights', 维权专员: 'rights', rights: 'rights', 'rights officer': 'rights' },
  ...{ reviewer: 'reviewer', 领导: 'leader', 负责人: 'leader', leader: 'leader' },
  ...{ 管理员: 'admin', 系统管理员: 'admin', admin: 'admin', administrator: 'admin' },
}

export const kindWords: Record<string, OrganisationKind> = {
  ...{ 集团: 'group', 集团公司: 'group', group: 'group', 企业: 'enterprise', 公司: 'enterprise' },
  ...{ enterprise: 'enterprise', company: 'enterprise', 园区: 'park', 开发区: 'park', park: 'park' },
  ...{ 科协: 'association', 企业科协: 'association', 协会: 'association', association: 'association' },
  ...{ 分会: 'branch', 分支机构: 'branch', 分公司: 'branch', 子公司: 'branch', branch: 'branch' },
  ...{ 小组: 'team', 班组: 'team', 部门: 'team', team: 'team' },
}

/** A table whose columns are known. */
export interface KnownTable {
  rows: { line: number; cells: Record<Column, string> }[]
  /** Headings that mean nothing here; their columns were not read. */
  ignored: string[]
}

/** Titles above the heading are common in rosters: the heading is looked for in the first rows. */
const headingWithin = 10

/**
 * Finds the heading and gives the rows below it by column; a missing column is empty.
 * Throws PlainError where no row names a column of organisations, or names a column twice.
 */
export function nameColumns(rows: readonly TableRow[]): KnownTable {
  const at = rows
    .slice(0, headingWithin)
    .findIndex(({ cells }) => cells.map(columnOf).includes('organisation'))
  if (at < 0) throw new PlainError('people:import.no-heading', { headings: templateHeadings.join('、') })
  const heading = rows[at]!.cells
  const columns = heading.map(columnOf)
  const twice = columns.find((column, i) => column && columns.indexOf(column) !== i)
  if (twice) throw new PlainError('people:import.heading-twice', { heading: headings[twice][0] })
  return {
    ignored: heading.filter((text, i) => text !== '' && !columns[i]),
    rows: rows.slice(at + 1).map(({ line, cells }) => ({ line, cells: byColumn(columns, cells) })),
  }
}

function byColumn(columns: (Column | undefined)[], cells: string[]): Record<Column, string> {
  const empty = Object.fromEntries(columnNames.map((column) => [column, ''])) as Record<Column, string>
  columns.forEach((column, i) => {
    if (column) empty[column] = cells[i] ?? ''
  })
  return empty
}

function columnOf(heading: string): Column | undefined {
  const name = bareWord(heading)
  return columnNames.find((column) => headings[column].some((known) => known === name))
}

/** A word as the lists above have it: half width, lower case, without what follows in brackets or a `*`. */
export function bareWord(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\(.*$/s, '')
    .replaceAll(/[*:_]/g, ' ')
    .trim()
    .replaceAll(/\s+/g, ' ')
    .toLowerCase()
}
