import { numberWords } from './quantities.ts'

/**
 * English words of a statement with the Chinese words of which one must stand in the evidence. A line is
 * `english words = 中文|中文`. Words that are missing here cannot be said in English about a Chinese clause; the
 * person then gets the clause itself.
 */
const glossary = `
enterprise company firm corporate = 企业
state-owned soe = 国有|国资
association = 科协|协会|学会
kexie = 科协
organization organisation organizational organisational body = 组织|机构
member membership = 会员|成员|加入
establish found set form create build setup formation founding establishment creation = 建立|成立|组建|设立|搭建|创建|制定|建设|构建|健全
up = 建立|成立|组建|设立|搭建|提高|以上|达到
standalone independent independently separate separately alone = 单独|独立|自主
regional region area = 区域|地区|地方
joint jointly together = 联建|联合|共同|合作|统建
industry industrial sector trade = 行业|产业|工业
unified = 统建|统一
hosted host attached rely relying dependent = 依托
park zone = 园区|开发区|区
high-tech hi-tech high = 高新|高
technology technological technical tech = 技术|科技|产品研发
science scientific = 科学|科技|科普|科协|学术
economic economy economical = 经济
development develop developing developed = 发展|开发
s&t = 科技|科协|科学
personnel people person staff worker workforce talent employee individual = 人员|工作者|人才|员工|职工|干部|人|个人
number total count = 总数|数量|人数
condition mature ripe maturity = 条件|成熟
small small-sized = 中小|小
medium medium-sized sme = 中小
concentrated cluster clustered concentration = 集中|聚集|集聚
full fully complete entire whole = 全|充分
play exert = 发挥
make formulate draft = 制定|作出
coverage cover = 覆盖
leading leader leadership = 龙头|领导|负责人|组织领导
upstream downstream = 上下游
radiate drive driving driven = 辐射|带动|驱动|推动
activity event campaign = 活动
innovation innovative innovate = 创新|革新
contest competition compete = 竞赛|比
ideal = 理想
contribution contribute = 贡献
proposal suggestion suggest = 建议
rationalization reasonable = 合理化
design = 设计
invention invent invention = 发明
creation = 创造
paper thesis essay = 论文
five = 五小|五
academic = 学术
exchange = 交流
forum = 论坛
platform = 平台
carrier vehicle = 载体
station = 站
academician = 院士
expert = 专家
alliance = 联盟
collaborative collaboration cooperate cooperation coordinated synergy = 协同|协作|合作
base = 基地
service serve = 服务
society societies learned = 学会|社团|团体|社会
institute research institution university universities = 科研院所|研究|院所|高校|产学研
production = 生产|产学研
popularization popularisation outreach popular = 科普|普及
resource = 资源
open opening = 开放
public = 公众|公共|社会
share sharing shared = 共享
responsibility responsible = 责任|职责|负责
duty duties function = 职责|功能
liaison contact point = 联系点|联络|联系
liaison-point = 联系点
instructor guide guidance guiding instruct = 指导
system mechanism regime = 制度|机制|体制|体系
role = 作用
select choose appoint designate determine determination = 选择|确定
work job task working = 工作|任务
local = 地方
level tier = 级|层次
strengthen enhance reinforce strengthening = 加强|增强
improve improvement raise increase perfect = 提高|完善|改善|加大|健全|改进|不断
promote promotion advance = 促进|推动|推进|推广|宣传
commend commendation praise recognize recognise honour honor award reward recognition = 表彰|评选|奖励
model exemplary example typical demonstration exemplar = 典型|示范|榜样
publicity publicize publicise publicise = 宣传
investigate investigation survey study = 调查|研究|学习
summarize summarise sum = 总结
experience = 经验
plan planning = 计划|规划
annual yearly year = 年度|每年
overall macro general = 总体|宏观|总
goal target objective aim = 目标
clear clarify clearly specify explicit = 明确
fund funding funds budget money expenses financial operating finance = 经费|资金
office = 办公
facility facilities = 设施
premises venue site place space = 场所|场地
necessary needed = 必要|需要
provide offer supply give grant = 提供|给予|予以|创造
support assist help supportive = 支持|扶持|帮助|保障
preferential favourable favorable preference priority tilt = 倾斜|优惠|优先
project = 项目
application apply declaration = 申报|申请|应用
evaluation evaluate assess assessment appraisal appraise = 评定|评选|评估|考核|评价
performance = 考核|绩效|成效
include inclusion incorporate = 纳入|包括|等
title professional = 职称|专业|专兼职
renovation transformation transform upgrade upgrading retrofit = 改造|转型|转化|升级
decision decide decision-making = 决策|决定
major key significant important importance = 重大|重要|主要|关键
opinion view opinions = 意见|观点
listen hear = 听取
report reporting = 汇报|报告
regularly regular periodically periodic = 定期
timely promptly prompt = 及时
consult consultation participate participation participating take part involve = 参与|参加|吸收|咨询
autonomously autonomous = 自主|独立自主
attach value = 重视
cadre official = 干部
full-time part-time full time part = 专职|兼职|专兼职
learn learning study = 学习
political = 政治
quality literacy = 素质|质量
ability abilities capability capacity competence = 能力
rights right interests legitimate lawful = 权益|合法|权利
protect safeguard defend uphold maintain = 维护|保护|保障
demand appeal need request = 诉求|需要|需求
reflect convey = 反映
problem difficulty difficulties issue = 问题|难题
solve resolve = 解决|破解
practical actual = 实际
party = 党
committee commission sasac = 国资委|委员会
cast china chinese = 中国科协|中国|我国
state council national nation country = 国务院|国家|国资委
administration supervision supervise supervised = 监管|管理|国资委
environment policy policies = 环境|政策
standardize standardise standardization standardisation norm = 规范
cultivate train training = 培养|培训|培育
intellectual property = 知识产权
achievement result outcome achievements = 成果|成效|成绩
different various several multiple many diverse types type kind = 多种|不同|各类|类型|多|各
method mode way means approach manner measure form = 方式|办法|形式|方法|措施|模式
regulation rule rules = 制度|办法|规定
distribution = 分布
characteristic feature features = 特点|特色
size scale = 规模|大小
all every = 所有|全部|各|全|一切|都|均
only sole = 只|仅|唯一
most = 最
actively active = 积极
vigorously greatly = 大力
monthly = 每月
weekly = 每周
daily = 每日|每天
quarterly = 每季
free = 免费|无偿
new = 新
social society = 社会
mass masses = 群众
home = 家
friend friends = 友
bridge = 桥梁
link = 纽带|联系|结合
backbone = 骨干
subject = 主体
strategy strategic = 战略
`

/** Words that carry no claim of their own; negations, duties and bounds among them are checked elsewhere. */
const functionWords = new Set(
  (
    'a an the this that these those it its they them their there here of in on at to for from by with within between ' +
    'among as into through across about under over and or but if when where which who whom whose what how than then ' +
    'so such also both either each any some other more less fewer least be is are was were been being do does did ' +
    'done have has had having not no never none neither nor without non shall should must may can could might would ' +
    'will ought required require requires need needs allowed permitted permit allow encouraged encourage encourages ' +
    'mandatory optional voluntary prohibited prohibit forbidden forbid cannot dont doesnt isnt arent reach reaches ' +
    'reached reaching exceed exceeds above below up maximum minimum including inclusive according clause article ' +
    'guideline document percent whether while because since only until before after during per well like regard ' +
    'regarding concerning relevant respectively following own'
  ).split(' '),
)
// 全, 只 and 以上 change a claim: these must have their Chinese counterpart.
for (const word of ['only', 'up', 'need', 'needs']) functionWords.delete(word)

const terms = readGlossary(glossary)

/** Words of an English statement that nothing in the evidence bears; `source` may be Chinese or English. */
export function unborneEnglish(statement: string, source: string): string[] {
  const original = new Set((source.match(/[A-Za-z][A-Za-z&'-]*/g) ?? []).map(stem))
  const words = statement.match(/[A-Za-z][A-Za-z&'-]*/g) ?? []
  return words.filter((word) => {
    const parts = isKnown(word) ? [word] : word.split('-').filter((part) => part !== '')
    return !parts.every(
      (part) =>
        functionWords.has(part.toLowerCase().replace(/'s$|'/g, '')) ||
        numberWords.has(part.toLowerCase()) ||
        original.has(stem(part)) ||
        terms.get(stem(part))?.some((chinese) => source.includes(chinese)),
    )
  })
}

function isKnown(word: string): boolean {
  return terms.has(stem(word)) || functionWords.has(word.toLowerCase())
}

/** Rough, and the same on both sides: `enterprises` and `enterprise`, `establishing` and `establish`. */
function stem(word: string): string {
  return word
    .toLowerCase()
    .replace(/'s$/, '')
    .replace(/(?<=.{3})(ies)$/, 'y')
    .replace(/(?<=.{3})(ing|ed|es|s)$/, '')
    .replace(/(?<=.{3})e$/, '')
}

function readGlossary(text: string): Map<string, string[]> {
  const all = new Map<string, string[]>()
  for (const line of text.trim().split('\n')) {
    const [english, chinese] = line.split(' = ')
    for (const word of english!.split(' ')) {
      const key = stem(word)
      all.set(key, [...(all.get(key) ?? []), ...chinese!.trim().split('|')])
    }
  }
  return all
}
