/** Words that ask, wherever they stand in a Chinese sentence. */
const chinese =
  /什么|怎么|怎样|如何|为何|为什么|多少|多久|多大|几(?:个|人|次|年|天|名|种|条)|哪(?:些|个|里|儿|家|位|种|条)|谁|是否|能否|可否|能不能|可不可以|是不是|有没有|要不要|需不需要|吗|呢$/
/** An English question begins with its word. */
const english =
  /^(?:what|who|whom|whose|which|when|where|why|how|can|could|may|must|shall|should|do|does|did|is|are|was|will|would)\b/i

/** Whether a text asks for something by its words or its mark. */
export function isWordedAsQuestion(text: string): boolean {
  const said = text.trim()
  return /[?？]\s*$/.test(said) || chinese.test(said.replace(/[。！!.\s]+$/, '')) || english.test(said)
}
