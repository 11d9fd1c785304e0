/** Every heading under which a column is known; the first is what the template says, the second what it is in English. */
export const itemHeadings = {
  position: ['序号', 'no.', '编号'],
  section: ['类别', 'section', '分类', '板块'],
  goal: ['目标任务', 'goal', '任务', '工作目标', '目标'],
  clause: ['条款', 'clause', '对应条款'],
  measure: ['工作措施', 'measure', '措施'],
  target: ['预期目标', 'target', '预期成果'],
  owner: ['负责人', 'owner', '责任人'],
  budget: ['经费（元）', 'budget (yuan)', '经费', '经费(元)', 'budget'],
  starts: ['开始日期', 'start', '开始', '起始日期'],
  ends: ['结束日期', 'end', '结束', '完成时限', '截止日期'],
} as const

export type ItemColumn = keyof typeof itemHeadings

export const itemTableColumns = Object.keys(itemHeadings) as ItemColumn[]

/** Without these nothing can be taken up. */
export const neededColumns: readonly ItemColumn[] = ['section', 'goal', 'starts', 'ends']

/** How long texts are at most, in characters. */
export const longest: Partial<Record<ItemColumn, number>> = {
  ...{ section: 40, goal: 200, measure: 1000, target: 300, owner: 60 },
}
