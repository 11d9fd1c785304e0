/** Signs that are markup to one messenger or the other, or steer a screen; each must be read as it stands. */
const markup =
  '*粗* _斜_ ~删~ `码` <b>&amp;</b> <!channel> <@U1> <at id=all></at> [字](http://a.example) :tada: $a$ #1 > 引 1. 乙 - 丙 |表|'

/** A text of so many characters (code points) that is hard to draw: markup at first, then signs of two units. */
export function hardText(characters: number): string {
  const known = made.get(characters) ?? makeText(characters)
  made.set(characters, known)
  return known
}

const made = new Map<number, string>()

function makeText(characters: number): string {
  const letters = Array.from(markup).slice(0, characters)
  return [...letters, ...Array.from({ length: characters - letters.length }, (_, at) => signs[at % 4]!)].join(
    '',
  )
}

const signs = ['𠮷', '😀', '条', 'A']

/** How long texts of people and documents are: as little as can be, as usual, as much as can be stored. */
export interface Sizes {
  /** What a form takes for a question and what is told beside it, for a reply, a reason or a remark. */
  question: string
  background: string
  reply: string
  remark: string
  /** Of a person or an organisation: 60 units of UTF-16 at most. */
  name: string
  /** Of a document, with its issuers. */
  title: string
  /** The whole of a clause. */
  clause: string
  /** How many there are of whatever is listed. */
  many: number
}

export const sizes: Record<'least' | 'usual' | 'most', Sizes> = {
  least: {
    ...{
      question: '问',
      background: '',
      reply: '答',
      remark: '',
      name: '张',
      title: '办法',
      clause: '第1条',
      many: 1,
    },
  },
  usual: {
    question: '企业不满一百人，能不能成立科协？',
    background: '去年成立了车间小组。\n现有技术人员六十名。',
    reply: '可以先组建联合科协。\n\n见《意见》第十条。',
    remark: '请协助答复。',
    name: '张三',
    title: '关于加强国有企业科协组织建设的意见',
    clause: `（十）${'坚持组织建设模式创新。'.repeat(20)}`,
    many: 3,
  },
  most: {
    question: hardText(1000),
    background: hardText(2000),
    reply: hardText(2000),
    remark: hardText(500),
    name: `${hardText(50)}𠮷😀𠮷😀𠮷`,
    title: hardText(300),
    clause: hardText(30_000),
    many: 60,
  },
}
