import { LABEL_MAX, type Blueprint } from '../model/blueprint.ts'
import { findPattern } from '../patterns/index.ts'

/** `base`, or `base 2`, `base 3` … when it is taken; takes it. */
export function freshLabel(base: string, taken: Set<string>): string {
  const stem = base.replace(/ \d+$/, '')
  for (let number = 1; ; number += 1) {
    const label = number === 1 ? base : `${stem.slice(0, LABEL_MAX - 8).replace(/[\ud800-\udbff]$/, '')} ${number}`
    if (taken.has(label)) continue
    taken.add(label)
    return label
  }
}

export function takenLabels({ nodes }: Blueprint): Set<string> {
  return new Set(nodes.map(({ label }) => label))
}

/** What a node is called in a sentence. */
export function nodeName(blueprint: Blueprint, id: string): string {
  const node = blueprint.nodes.find((one) => one.id === id)
  return node === undefined || node.label.trim() === '' ? id : node.label
}

/** `a service`, `a circuit breaker` */
export function aKind(kind: string): string {
  const title = findPattern(kind)?.title.toLowerCase() ?? kind
  return `${/^[aeiou]/.test(title) ? 'an' : 'a'} ${title}`
}
