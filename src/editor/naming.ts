import { LABEL_MAX, type Blueprint } from '../model/blueprint.ts'
import { findPattern } from '../patterns/index.ts'

const RESERVED: ReadonlySet<string> = new Set(['constructor', 'prototype'])
const STEM_MAX = 56

/** Ids in use: nodes, edges and notes share one namespace. */
export function takenIds({ nodes, edges, notes = [] }: Blueprint): Set<string> {
  return new Set([...nodes, ...edges, ...notes].map(({ id }) => id))
}

/** An id made of `words` that is not in `taken` yet; takes it. The same words and the same taken ids give the same id. */
export function freshId(words: string, taken: Set<string>): string {
  const stem = slug(words)
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? stem : `${stem}-${number}`
    if (taken.has(id)) continue
    taken.add(id)
    return id
  }
}

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

function slug(words: string): string {
  const plain = words
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, STEM_MAX)
    .replaceAll(/^-+|-+$/g, '')
  return plain === '' || RESERVED.has(plain) ? 'node' : plain
}
