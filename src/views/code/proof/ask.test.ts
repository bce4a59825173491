import { describe, expect, it } from 'vitest'
import { breakerBlueprint } from '../../../export/testing/breaker-nodes.ts'
import type { Proof, ProofRequest } from '../../../proof/types.ts'
import { createCodeStore } from '../../code-store.ts'
import { alteredLine, askForProof, countsText } from './ask.ts'

const REQUEST: ProofRequest = { blueprint: breakerBlueprint({}), node: 'breaker', target: 'zero-dep', isBroken: false }
const HOLDS: Proof = { counts: [{ count: 1_412, noun: 'calls' }, { count: 1, noun: 'transitions' }] }

describe('askForProof', () => {
  it('says that it is at work, then what came of it', async () => {
    const code = createCodeStore()
    const done = askForProof(code, () => Promise.resolve({ prove: () => Promise.resolve(HOLDS), close: () => {} }), REQUEST)
    expect(code.getState().asked).toEqual({ request: REQUEST, proof: undefined })
    await done
    expect(code.getState().asked).toEqual({ request: REQUEST, proof: HOLDS })
  })

  it('drops an answer to what is no longer asked', async () => {
    const code = createCodeStore()
    const answers: ((proof: Proof) => void)[] = []
    const prover = () => Promise.resolve({ prove: () => new Promise<Proof>((resolve) => answers.push(resolve)), close: () => {} })
    const first = askForProof(code, prover, REQUEST)
    const other = { ...REQUEST, isBroken: true }
    const second = askForProof(code, prover, other)
    await Promise.resolve()
    await Promise.resolve()
    answers[1]?.(HOLDS)
    await second
    answers[0]?.({ counts: [] })
    await first
    expect(code.getState().asked).toEqual({ request: other, proof: HOLDS })
  })

  it('tells why nothing could be proven', async () => {
    const code = createCodeStore()
    await askForProof(code, () => Promise.reject(new Error('no worker')), REQUEST)
    expect(code.getState().asked?.proof?.error).toBe('The proof could not be run: no worker')
  })
})

describe('countsText', () => {
  it('counts what was compared and what differed', () => {
    expect(countsText(HOLDS)).toBe('1,412 calls, 1 transition, 0 divergences')
    expect(countsText({ counts: [{ count: 1, noun: 'events written' }, { count: 1, noun: 'projected' }] })).toBe('1 event written, 1 projected, 0 divergences')
    expect(countsText({ ...HOLDS, divergence: { atMs: 1, expected: 'a', actual: 'b', before: [] } })).toBe('1,412 calls, 1 transition, 1 divergence')
  })
})

describe('alteredLine', () => {
  it('finds the line on screen although a header moved it', () => {
    const code = 'header\nlink\n  if (a <= b) x();\nother\n  if (a <= b) x();\n'
    expect(alteredLine(code, { line: 4, from: 'if (a <= b) x();', to: 'if (a < b) x();' })).toBe(4)
    expect(alteredLine(code, { line: 1, from: '  if (a <= b) x();', to: '' })).toBe(2)
    expect(alteredLine(code, { line: 1, from: 'if (c)', to: '' })).toBeUndefined()
  })
})
