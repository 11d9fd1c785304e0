/**
 * The words that people use for whom they count. `technical` are 科技人员; `total` counts the technical staff
 * in; `other` is somebody else, whose number says nothing about technical staff.
 */
export type StaffKind = 'technical' | 'total' | 'other'

const people =
  'people|persons?|personnel|staff|workers?|employees?|members?|folks?|hands|team|headcount|professionals|talents?'

// Other kinds come first: 科技人员党员 counts party members, 技术工人 are workers.
const kinds: [StaffKind, RegExp][] = [
  [
    'other',
    /党员|团员|会员|代表|委员|评委|专家|院士|管理人员|领导|干部(?!职工)|指导员|联络员|志愿者|学生|客户|技术工人|农民工|保安|销售人员|营销人员|行政人员|后勤|退休|离职|离休|(?<!在)外包|实习生|党代表|观众|嘉宾|获奖者|兼职人员|工作人员|教师|老师|用户/g,
  ],
  [
    'technical',
    /(科技|科研|技术|研发|研究|工程技术|专业技术|专技|科学技术)(类|岗|系列)?(工作者|人员|人才|员工|干部|骨干|队伍|团队|力量)|科技工作者|技术员|技术岗|(高级|助理)?工程师|高工|研究员|程序员|科学家|(搞|做|干|懂)(技术|研发|科研|开发)的?|(属|算|是)技术(?=$|[，。？])/g,
  ],
  ['total', /员工|职工|职员|工人|全员|全(公司|厂|集团|院|所|体)|从业人员|总人数|在职人员|正式工|用工/g],
  [
    'other',
    /\b(party members|experts|academicians|guests|visitors|students|customers|members of the association|volunteers|managers|instructors|liaisons?|reviewers|delegates)\b/gi,
  ],
  [
    'technical',
    new RegExp(
      '\\b(engineers?|scientists?|researchers?|technicians?|technologists?|developers?)\\b' +
        `|\\b(technical|tech|scientific|science|technology|research|r&d|s&t|engineering)\\b(?:[\\s/&,-]+(?:and|technical|technological|technology|development|research))*\\s+(?:${people})\\b` +
        '|\\b(technical|technically qualified)\\b(?=\\s*$)',
      'gi',
    ),
  ],
  ['total', /\b(employees?|workforce|workers?|staff|payroll|headcount|in total)\b/gi],
]

export interface StaffWord {
  kind: StaffKind
  start: number
  end: number
}

/** The words for people in a piece of text, in order; where two overlap, the more exact one stands. */
export function findStaffWords(text: string): StaffWord[] {
  const found: StaffWord[] = []
  for (const [kind, pattern] of kinds) {
    for (const match of text.matchAll(pattern)) {
      const word = { kind, start: match.index, end: match.index + match[0].length }
      if (!found.some(({ start, end }) => word.start < end && start < word.end)) found.push(word)
    }
  }
  return found.sort((a, b) => a.start - b.start)
}
