import { describe, expect, it } from 'vitest'
import { createEditorStore } from '../../editor/store.ts'
import { generateSnippet } from '../../export/index.ts'
import { breakerBlueprint } from '../../export/testing/breaker-nodes.ts'
import { createCodeStore } from '../code-store.ts'
import { codeOf, headerLink, nodeWithCode } from './source.ts'

const ADDRESS = 'https://example.org/#share=1.abc'

describe('headerLink', () => {
  it('stands in headers unless it is long or unwanted', () => {
    const long = `${ADDRESS}${'x'.repeat(2_000)}`
    expect(headerLink(undefined, ADDRESS)).toEqual({ link: ADDRESS, tooLong: undefined })
    expect(headerLink(undefined, long)).toEqual({ link: undefined, tooLong: long.length })
    expect(headerLink(true, long)).toEqual({ link: long, tooLong: undefined })
    expect(headerLink(false, ADDRESS)).toEqual({ link: undefined, tooLong: undefined })
    expect(headerLink(true, undefined)).toEqual({ link: undefined, tooLong: undefined })
  })
})

describe('nodeWithCode', () => {
  it('is the selected node if it has code, else the protagonist, else the first that has', () => {
    const blueprint = breakerBlueprint({})
    const [breaker] = blueprint.nodes
    const two = { ...blueprint, nodes: [...blueprint.nodes, { ...breaker!, id: 'other' }] }
    const editor = createEditorStore(two, undefined)
    expect(nodeWithCode(editor.getState())).toBe('breaker')
    editor.getState().select('other')
    expect(nodeWithCode(editor.getState())).toBe('other')
    editor.getState().select('service')
    expect(nodeWithCode(editor.getState())).toBe('breaker')
    const lesson = { title: '', summary: '', protagonist: 'other', beats: [], tries: [] }
    expect(nodeWithCode({ ...editor.getState(), blueprint: { ...two, lesson } })).toBe('other')
    expect(nodeWithCode({ ...editor.getState(), blueprint: { ...two, nodes: [] } })).toBeUndefined()
  })
})

describe('codeOf', () => {
  it('is the code as everything stands now, with the link that was chosen', () => {
    const source = { editor: createEditorStore(breakerBlueprint({}), undefined), code: createCodeStore(), linkTo: () => ADDRESS }
    expect(codeOf(source, 'breaker')?.snippet).toEqual(generateSnippet(breakerBlueprint({}), 'breaker', { link: ADDRESS }))
    source.code.setState({ withLink: false })
    source.editor.getState().dispatch({ type: 'set-config', node: 'breaker', field: 'waitDurationInOpenStateMs', value: 9_000 })
    expect(codeOf(source, 'breaker')?.snippet).toEqual(generateSnippet(breakerBlueprint({ waitDurationInOpenStateMs: 9_000 }), 'breaker'))
    expect(codeOf(source, 'service')).toBeUndefined()
    expect(codeOf(source, undefined)).toBeUndefined()
  })
})
