import { describe, expect, it } from 'vitest'
import { code, ident, lit, num, printFile, prose, when, type Hole } from './print.ts'
import { safeFileName, safeName } from './names.ts'

describe('code', () => {
  it('takes away its own indentation and indents pieces like their hole', () => {
    const body = code`
      first();
      second();
    `
    const block = code`
      function run(): void {
        ${body}
      }
    `
    expect(block.toString()).toBe('function run(): void {\n  first();\n  second();\n}')
  })

  it('drops the line of a hole that holds nothing, and keeps zero', () => {
    const text = code`
      a ${when(true)}stays
      b ${when(false)}goes
      ${undefined}c goes
      ${0} stays
    `
    expect(text.toString()).toBe('a stays\n0 stays')
  })

  it('puts a list on lines of its own, behind the star inside a comment', () => {
    const text = code`
      /**
       * ${[prose('one'), prose('two')]}
       */
    `
    expect(text.toString()).toBe('/**\n * one\n * two\n */')
  })

  it('takes no bare text, at run time either', () => {
    const text = 'alert(1)' as unknown as Hole
    expect(() => code`${text}`).toThrow('only code')
    expect(() => ident('a b')).toThrow()
    expect(() => num(Number.NaN)).toThrow()
  })
})

describe('printFile', () => {
  it('collapses blank lines and leaves none inside a block', () => {
    expect(printFile(code`
      a {

        b



        c

      }
    `)).toBe('a {\n\x20\x20b\n\n\x20\x20c\n}\n')
  })
})

describe('literals', () => {
  it('writes numbers as people do', () => {
    expect([2_500, 0, 999, 1_234_567, 0.5, 12_345.25, -1_000].map((value) => num(value).toString())).toEqual([
      '2_500', '0', '999', '1_234_567', '0.5', '12_345.25', '-1_000',
    ])
  })

  it('chooses the quotes that need fewer escapes', () => {
    expect(lit(`it's`).toString()).toBe(`"it's"`)
    expect(lit('say "hi"').toString()).toBe(`'say "hi"'`)
    expect(lit('a\nb\u202e\u{e0001}</x').toString()).toBe(`'a\\u000ab\\u202e\\u{e0001}<\\/x'`)
  })

  it('keeps prose on one line and inside its comment', () => {
    expect(prose('a */ b\n/* @param').toString()).toBe('a * / b / * @ param')
    expect(prose('**/').toString()).toBe('** /')
    expect(prose('x'.repeat(200)).toString()).toHaveLength(80)
  })
})

describe('names', () => {
  it('makes names out of labels, and falls back where a label has none', () => {
    expect(safeName('Payment breaker', 'x')).toBe('paymentBreaker')
    expect(safeName('Zählung über alles', 'x')).toBe('zahlungUberAlles')
    expect(['', '🙂', 'class', '__proto__', 'then', '7 up', 'Error'].map((label) => safeName(label, 'x'))).toEqual(
      ['x', 'x', 'x', 'proto', 'x', 'x', 'x'],
    )
    expect(safeFileName('Payment breaker!', 'x')).toBe('payment-breaker')
    expect(safeFileName('CON', 'x')).toBe('x')
    expect(safeFileName('long '.repeat(100), 'x').length).toBeLessThanOrEqual(40)
  })
})
