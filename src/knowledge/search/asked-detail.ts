/**
 * Details that a question can ask for, and what a clause must contain to give them. A clause on the same subject
 * that has no date does not answer “when”; search alone cannot see that, since all other words match.
 */
interface Detail {
  name: string
  asked: RegExp
  given: RegExp
}

/** The last figure of a number; looking for its beginning too would take the square of a long row of figures. */
const numeral = '[0-9０-９一二三四五六七八九十百千万亿两]'

const details: Detail[] = [
  {
    name: 'amount of money',
    asked:
      /多少(钱|元|万|资金|经费|奖金|补贴|费用|会费|津贴|工资|稿费)|(几|多少)(块|元|万)|(金额|奖金|补贴|津贴|费用|会费|报酬|门票|标准)(是|有|要|能)?(多少|多高|几)|怎么收费|收多少|收费标准|补助标准|how much (money|is|does it cost|are)|what (is|are) the (fee|amount|subsid|prize|budget)/i,
    given: new RegExp(`${numeral} ?(元|万元|亿元|块)|[0-9.] ?(yuan|rmb|usd|%)|免费|不收`, 'i'),
  },
  {
    name: 'share',
    asked:
      /百分之(几|多少)|比例(是|为|要|多)?(多少|多大|几|多高)?[？?]?$|几成|占比|多大比例|提取比例|what (percentage|share|proportion|percent)/i,
    given: /百分之|[0-9.] ?[%％]|‰|percent|分之/i,
  },
  {
    name: 'date',
    asked:
      /哪(一)?(年|天|日|月)|几月几[日号]|何年何月|何时(印发|发布|施行|生效|起)|(什么|啥)时候(印发|发布|发的|出台|施行|生效|截止|开始实施)|截止(到|日期|时间)|最早是?(哪|什么时候)|when (was|were|did)|what date|which year|deadline/i,
    given: new RegExp(`${numeral} ?(年|月|日)|[12][0-9]{3}`),
  },
  {
    name: 'length of time',
    asked:
      /(多久|多长时间|(?<![好这近前头过来有十])几(年|个月|天)|多少天|几届|任期|有效期|期限)(是|有|内|之内|一次|一届|一换|能|要|才)?|一届(是)?几|how (long|often)|term of office/i,
    given: new RegExp(`${numeral} ?(年|个月|月|天|日|周|小时|届|次)|定期|年度|每年|每季|每月|长期`),
  },
  {
    name: 'document number',
    asked: /文号|发文字号|document number|reference number/i,
    given: /[〔［[(（]?[0-9]{4}[〕］\])）]?[0-9]{0,8}号/,
  },
  {
    name: 'contact',
    asked: /电话|手机号|邮箱|网址|地址|官网|微信号|phone|e-?mail|website|address/i,
    given: /[0-9]{7}|@|https?:|www\.|地址/i,
  },
  {
    name: 'penalty',
    asked: /处罚|罚款|罚多少|挨罚|会不会(被)?罚|追责|问责|通报批评|处分|penalt|punish|fined?\b/i,
    given: /处罚|罚款|责任|处分|通报批评|警告|吊销|拘留/,
  },
  {
    name: 'procedure or papers',
    asked:
      /(什么|哪些|啥)(手续|材料|表格|证件|资料|流程|程序)|(申报|申请|审批|报名)(条件|流程|程序|手续|材料|表)|怎么(申报|申请|报批|报名|办手续)|填(什么|哪|几).{0,20}表|交(什么|哪些|几份)|which form|what documents|how (do|can|should) (we|i) apply|application procedure/i,
    given: /申请|申报|材料|提交|报送|审批|表格|手续|登记/,
  },
  {
    name: 'area',
    asked: /多大面积|面积(是|要|有|不少于)?(多少|多大)|多少平(方)?米|几平(方)?米|how many square/i,
    given: /平方米|㎡|m²|square/i,
  },
  {
    name: 'age or schooling',
    asked:
      /年龄|多大岁数|几岁|什么学历|学历要求|学位要求|(要|需要|得是|必须是?)(本科|硕士|博士)|(本科|硕士|博士)(以上|学历)|工龄|资历要求|how old|degree required/i,
    given: /周?岁|学历|学位|本科|硕士|博士|年以上/,
  },
]

/** Names of the details that the question asks for and the text does not give. */
export function missingDetails(question: string, text: string): string[] {
  const flat = text.replace(/\s+/g, '')
  return details
    .filter(({ asked, given }) => asked.test(question) && !given.test(flat))
    .map(({ name }) => name)
}

/** Whether the question asks for one of these details at all. */
export function asksForDetail(question: string): boolean {
  return details.some(({ asked }) => asked.test(question))
}
