import { parseSync } from '@swc/core'
import { transformSync } from 'esbuild'
import fc from 'fast-check'
import { transform } from 'sucrase'
import { describe, expect, it } from 'vitest'
import { LABEL_MAX, type Blueprint } from '../model/blueprint.ts'
import { scenarios } from '../scenarios/index.ts'
import { planExport, type ExportPlan } from './project/index.ts'
import { EXPORT_TARGETS, type ExportTarget } from './targets.ts'
import { HOSTILE } from './testing/hostile.ts'

/** Pieces that mean something to some language, between characters of all kinds. */
const text = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.array(fc.oneof(fc.constantFrom('*/', '/*', '`', '${', '}', "'", '"', '\\', '</script>', '\n', '//', '\u202e', '@', '#', '|', '\ud800', 'x'), fc.string({ unit: 'binary' })), { maxLength: 8 }).map((pieces) => pieces.join('')),
)

/** The drawing with other words everywhere people may write some. */
function relabelled(blueprint: Blueprint, words: readonly string[]): Blueprint {
  let next = 0
  const word = (): string => Array.from((words[(next += 1) % words.length] ?? '').toWellFormed()).slice(0, LABEL_MAX / 2).join('')
  const nodes = blueprint.nodes.map((node) => ({
    ...node,
    label: word(),
    config: node.kind === 'circuit-breaker' ? { ...(node.config as object), fallbackMessage: word() } : node.config,
  }))
  return { ...blueprint, name: word(), nodes }
}

function planOf(blueprint: Blueprint, target: ExportTarget): ExportPlan {
  return planExport(blueprint, { breakers: {} }, { target, link: `https://example.org/#s=${encodeURIComponent(blueprint.name)}` }) ?? new Map()
}

/** Files in their order with what a compiler makes of them: words, names and numbers left out. */
function shapeOf(plan: ExportPlan): string[] {
  return [...plan].filter(([path]) => path.endsWith('.ts')).map(([, code]) => {
    transformSync(code, { loader: 'ts' })
    transform(code, { transforms: ['typescript'] })
    return JSON.stringify(skeleton(parseSync(code, { syntax: 'typescript', target: 'es2022' })))
  })
}

/** What kinds of nodes a tree is made of, and how. Places in the text and the words themselves do not count. */
function skeleton(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(skeleton)
  if (typeof node !== 'object' || node === null) return undefined
  const { type, operator, ...rest } = node as Record<string, unknown>
  const children = Object.entries(rest).filter(([key, value]) => key !== 'span' && typeof value === 'object' && value !== null)
  return { type, operator, ...Object.fromEntries(children.map(([key, value]) => [key, skeleton(value)])) }
}

describe.each(EXPORT_TARGETS)('what people write in a drawing, exported for %s', (target) => {
  const drawings = scenarios.filter(({ blueprint }) => planOf(blueprint, target).size > 0)

  it.runIf(drawings.length > 0)('never changes the shape of a program', () => {
    const plain = new Map(drawings.map(({ id, blueprint }) => [id, shapeOf(planOf(relabelled(blueprint, ['one two']), target))]))
    fc.assert(
      fc.property(fc.constantFrom(...drawings), fc.array(text, { minLength: 1, maxLength: 12 }), ({ id, blueprint }, words) => {
        expect(shapeOf(planOf(relabelled(blueprint, words), target))).toEqual(plain.get(id))
      }),
      { numRuns: 15 },
    )
  }, 120_000)

  it.runIf(drawings.length > 0)('comes back as it was from the drawing in the project, and leaves every path inside it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...drawings), fc.array(text, { minLength: 1, maxLength: 12 }), ({ blueprint }, words) => {
        const drawing = relabelled(blueprint, words)
        const plan = planOf(drawing, target)
        expect(JSON.parse(plan.get('.faultline.json') ?? '')).toEqual(drawing)
        expect(JSON.parse(plan.get('package.json') ?? '')).toMatchObject({ type: 'module' })
        for (const path of plan.keys()) expect(path).toMatch(/^((src|test)\/)?[a-zA-Z0-9.-]{1,60}$/)
        expect(new Set([...plan.keys()].map((path) => path.toLowerCase())).size).toBe(plan.size)
      }),
      { numRuns: 15 },
    )
  }, 120_000)
})
