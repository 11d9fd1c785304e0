import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import { csvTemplate } from '../../spreadsheets/csv-template.ts'
import { associations, modes, possessions } from './profile.ts'

/** Every heading under which a column is known; the first is what the template says, the second what it is in English. */
export const profileHeadings = {
  organisation: ['单位', 'organisation', '单位名称', '所在单位', 'unit'],
  region: ['所在地区', 'region', '地区', '区域'],
  industry: ['所属行业', 'industry', '行业'],
  employees: ['职工人数', 'employees', '职工总数', '职工'],
  stWorkers: ['科技工作者人数', 's&t workers', '科技工作者', '科技人员', '科技人员总数'],
  stCountedOn: ['统计日期', 'counted on', '统计时间'],
  association: ['科协状态', 'association', '科协'],
  mode: ['组建方式', 'mode', '组建模式'],
  foundedOn: ['成立日期', 'founded on', '成立时间'],
  termEndsOn: ['任期届满日期', 'term ends on', '任期届满', '届满日期'],
  chair: ['主席', 'chair', '科协主席'],
  secretary: ['秘书长', 'secretary', '科协秘书长'],
  members: ['会员人数', 'members', '会员数'],
  organisationHas: ['有组织', 'has organisation'],
  premises: ['有阵地', 'has premises', '有场所'],
  staff: ['有人员', 'has staff', '有队伍'],
  funds: ['有经费', 'has funds'],
  activities: ['有活动', 'has activities'],
  note: ['备注', 'note'],
} as const

export type ProfileColumn = keyof typeof profileHeadings

export const profileColumns = Object.keys(profileHeadings) as ProfileColumn[]

/** The columns of 五有, in their order. */
export const possessionColumns = possessions.map((possession) => ({
  possession,
  column: possession === 'organisation' ? ('organisationHas' as const) : possession,
}))

export function headingOf(column: ProfileColumn, language: Language): string {
  return profileHeadings[column][language === 'en' ? 1 : 0]
}

/** What may stand in a column of options, in either language. */
export const optionTexts = {
  association: associations.map((value) => ({ value, key: `organisations:association.${value}` })),
  mode: modes.map((value) => ({ value, key: `organisations:mode.${value}` })),
  yesNo: (['yes', 'no'] as const).map((value) => ({ value, key: `organisations:import.${value}` })),
}

/** The option of a text in either language, or of its own name; undefined: none is. */
export function optionNamed<Value extends string>(
  options: readonly { value: Value; key: string }[],
  typed: string,
): Value | undefined {
  const wanted = typed.normalize('NFKC').trim().toLowerCase()
  return options.find(({ value, key }) =>
    [value, translate('zh-CN', key), translate('en', key)].some((name) => name.toLowerCase() === wanted),
  )?.value
}

/** A CSV file to fill in. */
export function profilesTemplate(): string {
  return csvTemplate(profileHeadings, [
    ...['一分公司', '河北省唐山市', '装备制造', '860', '120', '2026-01-01', '已成立', '单独组建'],
    ...['2023-06-01', '2028-05-31', '王强', '李梅', '98', '是', '是', '是', '是', '是', ''],
  ])
}
