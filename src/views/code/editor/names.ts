import { syntaxTree } from '@codemirror/language'
import { RangeSetBuilder } from '@codemirror/state'
import { Decoration, EditorView, MatchDecorator, ViewPlugin, WidgetType, type DecorationSet, type ViewUpdate } from '@codemirror/view'

const CONSTANT = /^[A-Z][A-Z\d]+(?:_[A-Z\d]+)*$/
const PLAIN = Decoration.mark({ class: 'code-constant' })

/** Whose setting a constant is, in words; undefined when it is nobody's. */
export type WhoseSetting = (constant: string) => string | undefined

/** Colours constants; those that are a setting lead there with a click. */
export function constants(whose: WhoseSetting, onVisit: (constant: string) => void) {
  const plugin = ViewPlugin.define((view) => new Constants(view, whose), { decorations: (value) => value.decorations })
  const clicks = EditorView.domEventHandlers({
    click(event, view) {
      const constant = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-constant]')?.dataset['constant'] : undefined
      // Whoever marks text to copy it is not going anywhere.
      if (constant === undefined || !view.state.selection.main.empty) return false
      onVisit(constant)
      return true
    },
  })
  return [plugin, clicks]
}

class Constants {
  decorations: DecorationSet
  readonly #whose: WhoseSetting

  constructor(view: EditorView, whose: WhoseSetting) {
    this.#whose = whose
    this.decorations = this.#find(view)
  }

  update({ docChanged, viewportChanged, startState, state, view }: ViewUpdate): void {
    if (docChanged || viewportChanged || syntaxTree(startState) !== syntaxTree(state)) this.decorations = this.#find(view)
  }

  #find(view: EditorView): DecorationSet {
    const found = new RangeSetBuilder<Decoration>()
    for (const { from, to } of view.visibleRanges) {
      syntaxTree(view.state).iterate({
        from, to,
        enter: (node) => {
          if (node.name !== 'VariableName' && node.name !== 'VariableDefinition') return
          const name = view.state.sliceDoc(node.from, node.to)
          if (CONSTANT.test(name)) found.add(node.from, node.to, this.#mark(name))
        },
      })
    }
    return found.finish()
  }

  #mark(name: string): Decoration {
    const whose = this.#whose(name)
    if (whose === undefined) return PLAIN
    return Decoration.mark({ class: 'code-constant code-setting', attributes: { 'data-constant': name, title: `Set by “${whose}”: click to go there` } })
  }
}

/** Long addresses end in dots on screen; whoever copies them gets them whole. */
const longAddresses = new MatchDecorator({
  regexp: /(https?:\/\/\S{40})\S{40,}/g,
  decorate(add, from, to, [, shown = '']) {
    add(from + shown.length, to, Decoration.replace({ widget: new Further(to - from - shown.length) }))
  },
})

export const shortAddresses = ViewPlugin.define(
  (view) => {
    let decorations = longAddresses.createDeco(view)
    return {
      get decorations() {
        return decorations
      },
      update(update: ViewUpdate) {
        decorations = longAddresses.updateDeco(update, decorations)
      },
    }
  },
  { decorations: (value) => value.decorations },
)

class Further extends WidgetType {
  readonly #count: number

  constructor(count: number) {
    super()
    this.#count = count
  }

  override eq(other: Further): boolean {
    return other.#count === this.#count
  }

  override toDOM(): HTMLElement {
    const dots = document.createElement('span')
    dots.className = 'code-further'
    dots.textContent = `… ${this.#count.toLocaleString('en')} more`
    return dots
  }
}
