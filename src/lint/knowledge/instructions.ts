/** Ways of speaking to a model instead of describing a tool. Each is rare in an honest description. */
const phrases: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override)\s+(?:all\s+|any\s+)?(?:of\s+)?(?:the\s+|your\s+)?(?:previous|prior|above|earlier|preceding|other|system|existing)\s+(?:\w+\s+)?(?:instructions?|prompts?|rules?|messages?|guidelines?|context|tools?|directions?)/i,
  /\bdo\s+not\s+(?:tell|inform|mention(?:\s+\w+)?\s+to|show|reveal(?:\s+\w+)?\s+to|notify|alert|ask)\s+(?:this\s+to\s+)?the\s+user\b/i,
  /\bwithout\s+(?:telling|informing|asking|notifying|the\s+knowledge\s+of)\s+(?:the\s+)?user\b/i,
  /\byou\s+(?:are\s+now|must\s+now|will\s+now|should\s+now)\b/i,
  /\b(?:system|developer)\s+(?:prompt|message)\b/i,
  /<\s*\/?\s*(?:important|system|instructions?|secret|hidden|admin|assistant|user)\s*>/i,
  /\[\s*(?:system|inst)\s*\]|<\|(?:im_start|im_end|system|endoftext)\|>/i,
  /\b(?:before|after|when|whenever|while)\s+(?:using|calling|invoking|you\s+(?:use|call))\s+(?:this|any|another)\s+tool,?\s+(?:you\s+must\s+)?(?:always\s+|first\s+)?(?:read|send|call|include|pass|copy|fetch|forward|email|post)\b/i,
  /\b(?:always|first)\s+(?:call|use|prefer|choose)\s+this\s+tool\s+(?:first|instead|before|over)\b/i,
  /\b(?:send|forward|post|upload|exfiltrate|leak)\s+(?:the\s+|all\s+|any\s+|your\s+)*(?:conversation|chat\s+history|context|system\s+prompt|credentials|api\s+keys?|passwords?|tokens?|secrets?)\s+to\b/i,
  /~\/\.(?:ssh|aws|config)|\bid_rsa\b|\/etc\/passwd/,
]

/** What a text says to a model; undefined where it only describes. */
export function findInstruction(text: string): string | undefined {
  // The words count, however they are spread over lines and spaces.
  const plain = text.replaceAll(/\s+/g, ' ')
  for (const phrase of phrases) {
    const found = phrase.exec(plain)
    if (found !== null) return found[0]
  }
  return undefined
}

/** Fillers that show as nothing and are no format characters of Unicode. */
const fillers = new Set([0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x3164, 0xffa0])

/** The first character that a person does not see and a model reads, or that turns the direction of what is shown. */
export function findInvisible(
  text: string,
): { readonly index: number; readonly character: string } | undefined {
  let index = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    const isControl = /^\p{Cc}$/u.test(character) && !/\s/.test(character)
    // A joiner between two pictures makes one picture of them.
    const joins = code === 0x200d && /\p{Extended_Pictographic}\ufe0f?$/u.test(text.slice(0, index))
    const isHidden = /^\p{Cf}$/u.test(character) || fillers.has(code) || (code >= 0xe0100 && code <= 0xe01ef)
    if (isControl || (isHidden && !joins)) return { index, character }
    index += character.length
  }
  return undefined
}

/** Plain letters and marks alone, which is nearly every text: nothing to look for. */
export function isPlainText(text: string): boolean {
  return /^[\s\x20-\x7e]*$/.test(text)
}
