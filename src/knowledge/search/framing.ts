/**
 * Words that frame a question and say nothing of its matter: in a text search they only add noise and make a
 * question look less answered than it is. Longest first, since each is taken out where it stands.
 */
const phrases = [
  '请问一下 想问一下 我想问一下 麻烦问一下 我想请问 请问 想请教 请教一下 我想问 我想知道 想了解一下 想知道 帮我查一下 查一下 帮我看看',
  '文件里面 文件里 文件中 文件上 文件 这份意见 这个意见 意见里 意见中 这份 规定里 条款里 指导意见',
  '有没有说法 有没有规定 有没有说 有没有提到 有没有提 有没有 是不是 能不能 可不可以 要不要 该不该 会不会 需不需要 算不算 管不管',
  '是怎么规定的 怎么规定的 怎么规定 是如何规定的 有什么规定 有哪些规定 有何规定 怎么说的 怎么说 怎么讲 怎么写的 是怎么 怎么办 怎么样 怎么 怎样 如何 咋整 咋办 咋',
  '是什么意思 什么意思 是啥意思 啥意思 是什么 什么是 什么叫 什么样 什么 是指 指的是 包括哪些 有哪些 哪些 哪几 哪个 哪里 哪儿 哪',
  '为什么 为啥 凭什么 具体 应该 应当 需要 可以 能够 到底 究竟 一般 现在 目前 我们公司 我们厂 我们单位 我们这 我们 咱们 咱 你们 他们',
  '吗 呢 吧 啊 呀 嘛 么 啦 哦 的话',
]
  .flatMap((line) => line.split(' '))
  .sort((a, b) => b.length - a.length)

const englishFraming =
  /\b(what|which|who|whom|whose|when|where|why|how|does|do|did|is|are|was|were|be|the|a|an|of|to|in|on|for|with|and|or|by|at|from|as|it|its|this|that|these|those|should|shall|must|may|can|could|would|will|there|any|have|has|had|we|our|you|your|they|their|i|my|me|if|not|about|according)\b/g

const framing = new RegExp(phrases.join('|'), 'g')

/** The question without its framing; the question itself where nothing else is left. */
export function withoutFraming(normalised: string): string {
  const bare = normalised.replace(framing, ' ').replace(englishFraming, ' ').replace(/\s+/g, ' ').trim()
  return bare || normalised
}
