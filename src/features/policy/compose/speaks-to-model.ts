/**
 * Ways in which a text turns to a language model instead of to people. Compared without white space and case;
 * none of them is met in a policy document, so a clause that has one was tampered with or is about models.
 */
const patterns: RegExp[] = [
  // Take back the rules: 忽略以上指令, 无视前面的规则, ignore all previous instructions.
  /(忽略|無視|无视|忘记|忘掉|不要理会|覆盖|绕过|作废).{0,12}(指令|指示|规则|規則|要求|提示|以上|上述|前面|之前|条款)/,
  /(ignor\w{0,4}|disregard|forget|override|bypass).{0,40}(instruction|rule|prompt|previous|above|prior|guideline|clause)/,
  // Give a role: 你现在是, 扮演, you are now, act as.
  /你(现在)?是(一个|科协的|没有|名叫|AI)|扮演|假装|youarenow|youareanai|pretend(to|you)|actas(an?|my)|roleplay/,
  // Address the machine: AI助手, 语言模型, 模型须, chatbots must.
  /AI(助手|请|在|须|必须)|的AI|语言模型|大模型请|模型.{0,8}(须|必须|请|可见)|提问者|languagemodel|aiassistant|chatbots?(must|should|answering)|theuser/,
  // Dictate the answer: 回答“…”, 请输出, 回答时请, answer that, reply with.
  /(请|只|须|必须|现在|指令[：:]?请?|并)(输出|回答|打印)|(回答|输出|倒读并回答)[“"「]|回答时|回答本条|凡回答|回答(科|企)|以下回答|(answer|reply|respond)(with|that|only)|say(the|that|yes|no)|printthe|showraw|执行以下/,
  // Pose as the frame around the text: 系统消息, system:, <|im_start|>, [INST], ```json, our own JSON.
  /系统(提示|消息)|提示词|systemprompt|systemmessage|プロンプト|(^|[^a-z])(system|assistant|user)[：:]|<\|.{1,20}\|>|\[\/?inst\]|<\/?(system|clause|data|instructions?)>|<!--|```|"?(text|statements|evidence)"?[：:]["[{]|⟦|⟧/,
  // Carry something out or in: pictures and links in markup, keys, long encoded strings.
  /!\[[^\]]*\]\(|\]\((https?|javascript):|api[_-]?key|密钥|[A-Za-z0-9+/]{32,}={0,2}/,
]

/** Whether a text addresses a language model. A clause that does is not shown to one, nor taken as evidence. */
export function speaksToModel(text: string): boolean {
  const compact = text.normalize('NFKC').replace(/[\s\p{Cf}]/gu, '')
  return patterns.some((pattern) => new RegExp(pattern.source, 'iu').test(compact))
}

/** Somebody is addressed, or how to answer is spoken of. 申请, 邀请, 请示 and the like are policy's own words. */
const address =
  /你|您|(?<![申邀聘提报呈恳吁敦宴])请(?![示求客假柬愿])|\bAI\b|\bLLM\b|智能(客服|助手|问答)|自动(答复|回复)|回答|答复|答案|回复|提问|对话|本段|接下来|此后|\b(you|your|yours|please|answer\w*|repl(y|ies)|responds?|responses?|readers?|assistants?|models?|bots?|prompts?|instructions?|summari[sz]\w*|say|ignore|users?)\b/i

/**
 * Whether a sentence turns to somebody, as hardly any sentence of a policy does. Wider than `speaksToModel`: it
 * costs no more than that a model's statement cannot rest on this sentence.
 */
export function addressesSomebody(sentence: string): boolean {
  return address.test(sentence.normalize('NFKC').replace(/\p{Cf}/gu, ''))
}
