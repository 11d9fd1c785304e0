import type { Language } from '../../chat/language.ts'
import { translate } from '../../messages/translate.ts'
import { csvTemplate } from '../../spreadsheets/csv-template.ts'
import { carrierKinds, carrierLevels } from './rules.ts'

/** Every heading under which a column is known; the first is what the template says, the second what it is in English. */
export const carrierHeadings = {
  kind: ['载体类型', 'kind', '类型'],
  name: ['名称', 'name', '载体名称'],
  organisation: ['所在单位', 'organisation', '单位', 'unit'],
  partner: ['合作方', 'partner', '合作单位', '学会', '院士团队'],
  level: ['级别', 'level'],
  category: ['类别', 'category'],
  starts: ['合同起日', 'from', '起始日期', '合同开始'],
  ends: ['合同止日', 'until', '到期日期', '合同结束', '到期日'],
  tasks: ['合作任务', 'tasks', '任务'],
  needs: ['需求清单', 'needs', '需求'],
  experts: ['专家名单', 'experts', '专家'],
  person: ['联系人', 'contact person'],
  contact: ['联系方式', 'contact', '电话', '联系电话'],
  grades: ['年度评分', 'grades', '评分'],
} as const

export type CarrierColumn = keyof typeof carrierHeadings

export const carrierColumns = Object.keys(carrierHeadings) as CarrierColumn[]

/** Without these nothing can be taken up. */
export const neededColumns: readonly CarrierColumn[] = [
  'kind',
  'name',
  'organisation',
  'partner',
  'starts',
  'ends',
]

/** What an option is called in a table, in either language, or its own name; undefined: none is. */
export function optionNamed<Option extends string>(
  group: 'kind' | 'level',
  options: readonly Option[],
  typed: string,
): Option | undefined {
  const wanted = typed.normalize('NFKC').trim().toLowerCase()
  const titles = (option: Option) => [
    option,
    ...(['zh-CN', 'en'] as const).map((language: Language) =>
      translate(language, `carriers:${group}.${option}`).toLowerCase(),
    ),
  ]
  return options.find((option) => titles(option).includes(wanted))
}

/** A CSV file to fill in. */
export function carriersTemplate(): string {
  return csvTemplate(carrierHeadings, [
    ...[translate('zh-CN', `carriers:kind.${carrierKinds[0]}`), '焊接学会服务站', '一分公司', '省焊接学会'],
    ...[translate('zh-CN', `carriers:level.${carrierLevels[1]}`), '制造', '2026-03-01', '2028-02-29'],
    ...[
      '焊接工艺改进',
      '焊缝检测；降噪',
      '林院士，冶金大学，焊接，在职院士；赵工，设计院',
      '',
      '13900000000',
      '2026:92',
    ],
  ])
}
