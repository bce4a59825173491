const ATTACK = 'globalThis.broken = 1'

/** Labels that try to become code, or to break what holds them. */
export const HOSTILE: readonly string[] = [
  `*/ ${ATTACK}; /*`,
  `**/ ${ATTACK} /**`,
  `' + (${ATTACK}) + '`,
  `\${${ATTACK}}`,
  `\`; ${ATTACK}; \``,
  `"; ${ATTACK}; "`,
  `\\'; ${ATTACK} //`,
  '</script><script>alert(1)</script>',
  '\u2028\u2029\u202e\u0000\ud800 x \udc00',
  '@ts-nocheck\n// @ts-nocheck',
  'then', '__proto__', 'constructor', 'con', '', '🙂', '断路器', '7 up', 'a'.repeat(10_000), 'class', 'Error', 'CircuitBreaker',
]
