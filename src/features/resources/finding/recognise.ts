/** What somebody looks for. */
export interface Wanted {
  /** What it is to be about; empty: anything. */
  topic: string
  /** Name of the only kind that would do; null: any. */
  kind: string | null
}

/** Longer sentences tell a story; they are not looked through. */
const longest = 60
/** What makes of 讲 an explanation of the documents: 谁能讲一下怎么成立科协. */
const explaining =
  /讲(?:一?[下讲]|解|清|明|明白|述|究)|(?:怎么|怎样|如何|为什么|什么是|是什么|多少|条件|流程|规定|要求|文件|政策|意见|章程|费用|经费|钱|报销|算)/
/** Words that are about resources and never about documents. */
const ofResources = /科普|讲师|参观|展品|展教具|教具|场馆|展厅|实验室|研学|讲座|科技馆|开放日/

const ends = `(?:的?(?:科普|讲座|课|报告|内容|知识|方面|专家|老师|讲师))*[吗呢啊么]?`

/** By pattern: what is wanted, with the words that it is about in the first group. */
const patterns: readonly { pattern: RegExp; kind: string | null; strong: boolean }[] = [
  // 谁能讲人工智能科普？ 有谁可以来讲机器人？
  {
    pattern: new RegExp(
      `^(?:请问)?(?:有没有|有)?(?:谁|哪位(?:老师|专家|同志)?|什么人|人)(?:能|可以|会)(?:够)?(?:来|给我们|帮我们|到我们这)?(?:讲|宣讲|科普)(.{2,30}?)${ends}$`,
      'u',
    ),
    kind: 'speaker',
    strong: false,
  },
  // 想请老师讲机器人 想找个专家讲讲碳中和科普
  {
    pattern: new RegExp(
      `^(?:我们?)?(?:想|要|能不能|可不可以|可以)?(?:请|找|邀请)(?:一?[位个名])?(?:科普)?(?:老师|专家|讲师|人)(?:来|给我们)?(?:讲讲?|做|作|办)(.{2,30}?)${ends}$`,
      'u',
    ),
    kind: 'speaker',
    strong: false,
  },
  // 找讲师 机器人 · 机器人方面的讲师有哪些
  {
    pattern: /^(?:查?找|有没有|推荐)(?:一?[位个名])?(?:科普)?讲师[\s:：,，]*(.{0,30}?)[吗呢]?$/u,
    kind: 'speaker',
    strong: true,
  },
  {
    pattern: /^(?:有没有|有哪些?)?(.{2,20}?)(?:方面)?的?(?:科普)?(?:讲师|科普专家)(?:有哪些|有没有|有吗)?$/u,
    kind: 'speaker',
    strong: true,
  },
  // 有没有可以参观的实验室 哪里可以参观机器人车间
  {
    pattern:
      /^(?:请问)?(?:附近|我们这(?:里|边)?)?(?:有没有|有什么|有哪些|哪里有|哪些|什么地方|哪里|哪儿)(?:可以|能|能够)(?:让我们|供)?(?:参观|借用|预约|使用|学习)的?(.{0,30}?)[吗呢]?$/u,
    kind: 'facility',
    strong: true,
  },
  {
    pattern:
      /^(?:我们?)?(?:想|要|打算|能不能|可不可以|可以)(?:去|来|组织[^，。]{0,12}去?)?参观(.{2,30}?)[吗呢]?$/u,
    kind: 'facility',
    strong: true,
  },
  {
    pattern: /^(?:有没有|有哪些|有什么|哪里有|借)(.{0,20}?)的?(?:展品|展教具|教具|展板)[吗呢]?$/u,
    kind: 'exhibit',
    strong: true,
  },
  {
    pattern: /^(?:有没有|有哪些|有什么)(.{2,20}?)的?(?:科普课程?|研学课程?|实验课)[吗呢]?$/u,
    kind: 'course',
    strong: true,
  },
  { pattern: /^(?:有没有|有哪些|有什么|哪里有)(.{0,20}?)的?科普资源[吗呢]?$/u, kind: null, strong: true },
  {
    pattern:
      /^who (?:can|could) (?:give (?:us )?a (?:talk|lecture) (?:about|on)|talk (?:to us )?about|teach(?: us)?(?: about)?) (.{2,60})$/i,
    kind: 'speaker',
    strong: true,
  },
  {
    pattern:
      /^(?:is there|are there|where (?:is|are)) (?:an?y? )?(.{0,40}?) ?(?:that )?(?:we|i) (?:can|could|may) visit$/i,
    kind: 'facility',
    strong: true,
  },
  {
    pattern: /^(?:can|could|may) (?:we|i) visit (?:an?|the|your)? ?(.{2,40})$/i,
    kind: 'facility',
    strong: true,
  },
]

/**
 * What a sentence looks for among people, places and things; null: it is about something else. Modest: what may be a
 * question about documents is left to them, so 谁能讲一下怎么成立科协 is not taken. Pure.
 */
export function recognise(text: string): Wanted | null {
  const plain = text
    .normalize('NFKC')
    .trim()
    .replaceAll(/\s+/g, ' ')
    .replace(/[。.!?！？~]+$/u, '')
    .trim()
  if (plain.length > longest) return null
  for (const { pattern, kind, strong } of patterns) {
    const found = pattern.exec(plain)
    if (!found) continue
    if (
      explaining.test(plain) ||
      (!strong && !ofResources.test(plain) && /科协|组织|委员会|企业/.test(plain))
    )
      return null
    return { topic: topicOf(found[1] ?? ''), kind }
  }
  return null
}

/** Without what is said around it. */
function topicOf(text: string): string {
  return text
    .replace(/^(?:关于|有关|一些|一下|个|的|到)+/u, '')
    .replace(/(?:方面|相关)?的?(?:科普|讲座|知识|内容|课)?$/u, '')
    .trim()
}
