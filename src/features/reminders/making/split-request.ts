/** Whom a sentence wants reminded, and of what. */
export interface RequestParts {
  /** Words for whom, 一分厂群; empty: nobody is named, so the speaker. */
  whom: string
  what: string
  /** Where one ends and the other begins is no guess. */
  sure: boolean
}

/** 我, this group, everybody; longer ones first. */
const oneself =
  '我们群里?|我们大家|我们|我自己|我本人|我|自己|本人|本群(?:所有人|全体)?|这个群|群里(?:的)?(?:人|大家|所有人)?|群内|大家|各位|所有人'
const group =
  '(?:[^,，。、:：;；\\s和与及]{1,20}?)(?:工作|微信|飞书)?群(?:里|内)?(?:的)?(?:人|大家|所有人|成员)?(?!众|策|体)'
const roles =
  '联络员|联系人|联络人|指导员|科协干部|专职干部|兼职干部|干部|分管领导|领导|评审员|评审专家|科技工作者|职工|员工|全体成员|成员|负责人|主席|秘书长'
const role = `(?:[^,，。、:：;；\\s和与及我]{0,20}?)(?:${roles})(?:们)?(?!(?:名单|会|大会|会议|培训|工作|信息|资料))`
const unit =
  '(?:[^,，。、:：;；\\s和与及我]{1,20}?)(?:分会|分公司|分厂|车间|科协|公司|厂|部门|班组|小组|研究院|研究所|中心|各单位|单位)'

/** Words with which what is to be done begins: a name before them ends. */
const deeds = [
  ...[
    '上交',
    '提交',
    '上报',
    '报送',
    '报告',
    '填报',
    '填写',
    '填',
    '交',
    '报',
    '写',
    '开会',
    '召开',
    '参加',
    '准备',
    '做',
    '完成',
  ],
  ...[
    '检查',
    '更新',
    '联系',
    '走访',
    '拜访',
    '打电话',
    '去',
    '来',
    '看',
    '整理',
    '汇总',
    '收集',
    '发',
    '回复',
    '回',
    '提',
    '组织',
  ],
  ...[
    '安排',
    '督促',
    '落实',
    '审核',
    '签',
    '核对',
    '统计',
    '记得',
    '不要',
    '别',
    '要',
    '按时',
    '及时',
    '尽快',
    '把',
    '给',
    '向',
    '将',
  ],
  ...[
    '还',
    '买',
    '带',
    '通知',
    '关注',
    '处理',
    '跟进',
    '确认',
    '复盘',
    '总结',
    '注意',
    '打卡',
    '值班',
    '开',
    '听取',
    '讨论',
    '申报',
    '下班',
    '喝',
  ],
  ...'打扫 打印 复印 布置 预约 领取 维护 巡查 巡检 值守 排查 学习 培训 宣讲 汇报 慰问 调研 考察 评审'.split(
    ' ',
  ),
  ...'申请 登记 录入 上传 转发 通报 结算 报销 归还 归档 盘点 盖章 审批 审阅 校对 起草 撰写 制定'.split(' '),
  ...'筹备 主持 出席 迎接 陪同 交接 清点 清理 关闭 更换 加班 体检 吃药 起床 休息 制作 采访 发布 公示'.split(
    ' ',
  ),
  ...'投票 抽查 督查 验收 备课 讲课 上课 上线 取 订'.split(' '),
]
const deed = `(?:${deeds.join('|')})`
const name = '\\p{Script=Han}{2,4}?'
/** Without 和 in them: else a long text could be parted in too many ways. */
const others = '(?:[、和与及](?:(?![和与及])\\p{Script=Han}){2,4}?)*'
const whom = [
  `(?:${oneself})`,
  group,
  role,
  `${unit}(?=${deed}|$|[,，:：\\s])`,
  // A name ends before a deed, or before others of a list that does: 张三、陈晨和李梅交表.
  `${name}(?=${others}\\s*${deed}|${others}[、和与及](?:${oneself}|${group}|${role}))`,
]
const one = `(?:${whom.join('|')})`
const all = new RegExp(`^(?:@)?(${one}(?:[、和与及](?:${one}))*)[\\s,，:：]*([\\s\\S]*)$`, 'u')
const certain = new RegExp(`^(?:${oneself}|.*群.{0,5}|.*(?:${roles})们?)$`, 'u')

/** Parts what stands after 提醒: 一分厂群交联络记录, 我和张三交周报, 各分会联络员：走访. */
export function splitChinese(after: string): RequestParts {
  const said = after.replace(/^[\s,，:：]*(?:一下|一声)?[\s,，:：]*/, '')
  const [before, rest] = /^([^:：]{1,30})(?<!\d)[:：]\s*(\S[\s\S]*)$/.exec(said)?.slice(1) ?? []
  if (before !== undefined && rest !== undefined) {
    return { whom: before.trim(), what: tidied(rest), sure: true }
  }
  const [, named, what] = all.exec(namesGuarded(said)) ?? []
  if (named === undefined || what === undefined) return { whom: '', what: tidied(said), sure: false }
  const start = said.startsWith('@') ? 1 : 0
  const task = tidied(said.slice(said.length - what.length))
  return { whom: said.slice(start, start + named.length), what: task, sure: certain.test(named) }
}

/**
 * A name has two characters at least: where 和 stands after a single one, it is of the name (李梅和张和平). Each such 和 is
 * written as another character, so that lengths stay as they are.
 */
function namesGuarded(said: string): string {
  let guarded = ''
  let held = ''
  for (const character of said.slice(0, 60)) {
    const isName = character === '和' && /^[^我你他她]$/u.test(held)
    guarded += isName ? '龢' : character
    held = /[、和与及,，\s]/u.test(character) && !isName ? '' : held + character
  }
  return guarded + said.slice(60)
}

/** The names that 和 joins, 和 within a name left as it is: 李梅 and 张和平 of 李梅和张和平. */
export function namesJoined(text: string): string[] {
  const parts = namesGuarded(text).split('和')
  return parts.map((part) => part.replaceAll('龢', '和')).filter((part) => part.trim() !== '')
}

/** Parts what stands after “remind”: “the workshop group to hand in the record”, “me: rent”. */
export function splitEnglish(after: string): RequestParts {
  const said = after.trim().replaceAll(/\s+/g, ' ')
  const [, deedOnly] = /^(?:to|about|that|of)\b\s*(.*)$/i.exec(said) ?? []
  if (deedOnly !== undefined) return { whom: '', what: tidied(deedOnly), sure: true }
  const [, named, what] = /^(.{1,60}?)(?: (?:to|about|that|of)\b|\s?[:,])\s*(.*)$/i.exec(said) ?? []
  if (named !== undefined && what !== undefined) return { whom: named, what: tidied(what), sure: true }
  const [, short, rest] = /^(me|us|everyone|everybody)\b\s*(.*)$/i.exec(said) ?? []
  if (short !== undefined && rest !== undefined) return { whom: short, what: tidied(rest), sure: rest !== '' }
  return { whom: said, what: '', sure: false }
}

/** What is to be done without the marks around it. */
export function tidied(what: string): string {
  return what
    .replace(/^[\s,，.。、;；:：!！~]+|[\s,，.。、;；:：~]+$/g, '')
    .replace(/^(?:要|请|去)?(?:记得|别忘了?|不要忘记)/, '')
    .trim()
}
