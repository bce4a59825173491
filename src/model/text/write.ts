import * as v from 'valibot'
import { fieldMeta } from '../../patterns/fields.ts'
import { findPattern } from '../../patterns/index.ts'
import { lineByKind } from '../../patterns/lines.ts'
import type { Blueprint, BlueprintEdge, BlueprintNode } from '../blueprint.ts'
import { guessKind } from './kinds.ts'
import { PLAIN_WORD, writeValue } from './values.ts'

const BARE_NAME = /^(?![@#])(?!\/\/)(?:(?!->|→|⇒|=>|\s#|\s\/\/)[^,;:()[\]{}"=\n])+$/

/**
 * A drawing as text that draws it again: who calls whom, every setting that is not the default, what stands bypassed. Places,
 * faults and notes are not in it. Reading it and writing it again gives the same text.
 */
export function writeText(blueprint: Pick<Blueprint, 'nodes' | 'edges'>): string {
  const writer = new Writer(blueprint)
  return writer.lines().join('\n')
}

class Writer {
  readonly #nodes: ReadonlyMap<string, BlueprintNode>
  readonly #order: readonly BlueprintNode[]
  readonly #out: ReadonlyMap<string, readonly BlueprintEdge[]>
  readonly #called: ReadonlySet<string>
  readonly #labelCounts = new Map<string, number>()

  constructor({ nodes, edges }: Pick<Blueprint, 'nodes' | 'edges'>) {
    this.#nodes = new Map(nodes.map((node) => [node.id, node]))
    this.#order = nodes
    this.#out = new Map(nodes.map(({ id }) => [id, edges.filter(({ from }) => from === id)]))
    this.#called = new Set(edges.map(({ to }) => to))
    for (const { label } of nodes) this.#labelCounts.set(label, (this.#labelCounts.get(label) ?? 0) + 1)
  }

  /** Callers first, then what they call, so that the order of names in the text decides the order of the text. */
  lines(): string[] {
    const lines: string[] = []
    const seen = new Set<string>()
    for (const root of this.#order) {
      if (this.#called.has(root.id)) continue
      seen.add(root.id)
      const queue = [root.id]
      for (const id of queue) {
        const node = this.#nodes.get(id)
        if (!node) continue
        lines.push(...this.#declaration(node), ...this.#calls(node))
        for (const { to } of this.#out.get(id) ?? []) {
          if (seen.has(to)) continue
          seen.add(to)
          queue.push(to)
        }
      }
    }
    return lines
  }

  /** Nothing when the name and the lines say it all. */
  #declaration(node: BlueprintNode): string[] {
    const { id, kind, label, bypassed } = node
    const callsOn = (this.#out.get(id) ?? []).length > 0
    const isCalled = this.#called.has(id)
    const name = this.#isUnique(label) ? [] : [`name=${JSON.stringify(label)}`]
    const settings = settingsOf(node)
    const isAlone = !callsOn && !isCalled
    // What is told by a line tells it wherever it has work to give.
    const isSaid = kind === guessKind(label, { isCalled, callsOn }) && !(callsOn && lineByKind.has(kind))
    if ([...name, ...settings].length === 0 && !bypassed && !isAlone && isSaid) return []
    return [`${this.#reference(node)}: ${[kind, ...name, ...settingsOf(node, true), ...(bypassed ? ['off'] : [])].join(' ')}`]
  }

  #calls(node: BlueprintNode): string[] {
    const lines: string[] = []
    const written = new Set<string>()
    let group: { to: string[]; words: string; again: boolean } | undefined
    let inGroup = new Set<string>()
    const end = (): void => {
      if (group) lines.push(`${this.#reference(node)} -> ${group.to.join(', ')}${lineWords(group.words, group.again)}`)
      for (const key of inGroup) written.add(key)
      group = undefined
      inGroup = new Set()
    }
    for (const edge of this.#out.get(node.id) ?? []) {
      const target = this.#nodes.get(edge.to)
      if (!target) continue
      const words = edgeWords(edge)
      const key = `${edge.to} ${words}`
      const again = written.has(key)
      if (group && (group.words !== words || group.again !== again)) end()
      group ??= { to: [], words, again: written.has(key) }
      group.to.push(this.#reference(target))
      inGroup.add(key)
    }
    end()
    return lines
  }

  #isUnique(label: string): boolean {
    return this.#labelCounts.get(label) === 1
  }

  #reference({ id, label }: BlueprintNode): string {
    return this.#isUnique(label) ? nameText(label) : `@${id}`
  }
}

/** A name as it may stand in the text, in quotes where it must. */
function nameText(label: string): string {
  const isBare = BARE_NAME.test(label) && label === label.trim().replaceAll(/\s+/g, ' ')
  return isBare ? label : JSON.stringify(label)
}

/** The settings that are not the defaults; with its line also when that is. */
function settingsOf({ kind, config }: BlueprintNode, withLine = false): string[] {
  const pattern = findPattern(kind)
  if (!pattern) return []
  const defaults: Readonly<Record<string, unknown>> = { ...(pattern.defaults as object) }
  return Object.entries(pattern.schema.entries).flatMap(([field, schema]) => {
    const value = inOrder(schema, config[field])
    const isLine = lineByKind.get(kind)?.field === field
    const isDefault = JSON.stringify(value) === JSON.stringify(inOrder(schema, defaults[field]))
    if (value === undefined || (isDefault && !(isLine && withLine))) return []
    const line = isLine ? lineByKind.get(kind)?.write(value) : undefined
    if (!line) return [`${field}=${writeValue(value, fieldMeta(schema))}`]
    return [`${field}=${JSON.stringify(line.text)}`, ...line.details.map((detail) => `${PLAIN_WORD.test(detail.of) ? detail.of : JSON.stringify(detail.of)}.${detail.key}=${writeValue(detail.value, undefined)}`)]
  })
}

/** A value with its keys as its schema lists them, so that what is the same reads the same. */
function inOrder(schema: v.GenericSchema, value: unknown): unknown {
  const result = v.safeParse(schema, value)
  return result.success ? result.output : value
}

function edgeWords(edge: BlueprintEdge): string {
  const { latency, requestTypes, lossPercent, duplicatePercent, reorderPercent, reorderByMs } = edge
  const words = [
    ...(latency ? [`latency=${writeValue(latency, { control: 'distribution' })}`] : []),
    ...(lossPercent > 0 ? [`loss=${lossPercent}%`] : []),
    ...(duplicatePercent > 0 ? [`duplicate=${duplicatePercent}%`] : []),
    ...(reorderPercent > 0 ? [`reorder=${reorderPercent}%`] : []),
    ...(reorderByMs === 50 ? [] : [`reorderBy=${reorderByMs}ms`]),
  ]
  const types = requestTypes ? `[${requestTypes.map(nameText).join(', ')}]` : ''
  return [types, words.length > 0 ? `(${words.join(', ')})` : ''].filter((part) => part !== '').join(' ')
}

function lineWords(words: string, again: boolean): string {
  const all = again ? [words, '(again)'] : [words]
  return all.filter((part) => part !== '').map((part) => ` ${part}`).join('')
}
