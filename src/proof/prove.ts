import { generateSnippet, traitsOf } from '../export/index.ts'
import type { Snippet } from '../export/index.ts'
import { breakerSubject } from './breaker.ts'
import { flipsOf, type Flip } from './flips.ts'
import { canLoad, loadCode, packagesOf, type Module } from './load.ts'
import { recordNodes } from './record-run.ts'
import { sagaSubject } from './saga.ts'
import { sliceSubject } from './slice.ts'
import { named, type Outcome, type Setting, type Subject } from './subject.ts'
import { Turns } from './turns.ts'
import type { Proof, ProofRequest } from './types.ts'

const AT_EDGES = 'In the run itself no turned comparison shows: nothing comes that close to a limit. So the edges of the config were played as well.'
const QUIET = 'Nothing changed its state in this run, so the edges of the config were played as well.'
const SUBJECTS: readonly Subject[] = [breakerSubject, sagaSubject, sliceSubject]

/**
 * Runs the drawing, writes the code of one of its nodes, runs that on a clock of its own with all that happened to the node, and
 * tells where the two differ first, if they do. With `isBroken` one comparison in a copy is turned round, one that makes a
 * difference.
 */
export async function prove({ blueprint, node: id, target, isBroken }: ProofRequest): Promise<Proof> {
  const node = blueprint.nodes.find((one) => one.id === id)
  const subject = SUBJECTS.find(({ kinds }) => kinds.includes(node?.kind ?? ''))
  const snippet = generateSnippet(blueprint, id, { target })
  if (node && snippet && !subject) return failed(`${named(node)} has no proof of its own: its tests go with it. Prove a breaker, a saga or a projector.`)
  if (!node || !subject || !snippet) return failed(`There is no code for this node in ${traitsOf(target).title}.`)
  if (node.bypassed) return failed(`${named(node)} is bypassed, so nothing happens at it in a run. Switch it on again, then prove it.`)
  if (!canLoad()) return failed('The server of this page forbids code that is made while it runs (content security policy), so nothing can be proven here.')
  const run = recordNodes(blueprint, [node])
  const packages = await packagesOf(target)
  const turns = new Turns()
  const load = (text: string): Module => loadCode(text, packages, turns.next)
  const setting: Setting = { blueprint, node, target, run, load, turn: turns.next }
  try {
    const nothing = subject.nothingIn(setting)
    if (nothing !== undefined) return failed(nothing)
    const bench: Bench = { subject, setting, snippet }
    return isBroken ? await proveBroken(bench) : await proveWhole(bench)
  } finally {
    turns.close()
  }
}

/** What a proof is made with. */
interface Bench {
  subject: Subject
  setting: Setting
  snippet: Snippet
}

/** Code that throws does not agree, which is an answer too. */
async function compared({ subject, setting }: Bench, code: string, withEdges: boolean): Promise<Outcome> {
  try {
    return await subject.compare(setting.load(code), setting, withEdges)
  } catch (error) {
    const actual = `the code stops: ${error instanceof Error ? error.message : String(error)}`
    return { counts: [], divergence: { atMs: 0, expected: 'what happened in the run', actual, before: [] } }
  }
}

/** A run in which nothing changed its state proves little by itself. */
async function proveWhole(bench: Bench): Promise<Proof> {
  const outcome = await compared(bench, bench.snippet.code, false)
  const isQuiet = !outcome.divergence && outcome.counts.some(({ noun, count }) => noun === 'transitions' && count === 0)
  return isQuiet ? { ...(await compared(bench, bench.snippet.code, true)), remark: QUIET } : outcome
}

/** The first comparison that, turned round, makes a difference: in the run if there is one, else at the edges of the config. */
async function proveBroken(bench: Bench): Promise<Proof> {
  const flips = flipsOf(bench.snippet.code)
  for (const withEdges of [false, true]) {
    for (const flip of flips) {
      const outcome = await compared(bench, flip.code, withEdges)
      if (outcome.divergence) return { ...outcome, change: changeOf(flip), ...(withEdges && { remark: AT_EDGES }) }
    }
  }
  return failed('No comparison in this code makes a difference in this run: nothing in it comes that close to a limit. Let more happen, then break it.')
}

function changeOf({ line, from, to }: Flip): NonNullable<Proof['change']> {
  return { line, from, to }
}

function failed(error: string): Proof {
  return { counts: [], error }
}
