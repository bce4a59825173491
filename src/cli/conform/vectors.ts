import * as v from 'valibot'

const SHOWN_PROBLEMS = 5

const time = v.pipe(v.number(), v.finite(), v.minValue(0))

const stepSchema = v.looseObject({
  /** Milliseconds from the start of the trace, which is a whole epoch second. */
  t: time,
  op: v.string(),
  id: v.optional(v.string()),
  durationMs: v.optional(v.nullable(time)),
  outcome: v.optional(v.string()),
  to: v.optional(v.string()),
  ms: v.optional(time),
  at: v.optional(v.number()),
  expect: v.optional(v.record(v.string(), v.unknown()), {}),
})

const vectorSchema = v.looseObject({
  id: v.string(),
  library: v.string(),
  subject: v.optional(v.string(), 'breaker'),
  config: v.optional(v.record(v.string(), v.unknown()), {}),
  steps: v.optional(v.array(stepSchema), []),
  table: v.optional(v.unknown()),
})

const fileSchema = v.looseObject({
  presets: v.optional(v.record(v.string(), v.record(v.string(), v.unknown())), {}),
  vectors: v.array(vectorSchema),
})

/** One step of a trace: what is done at `t`, and what must hold right after. The format is told in the vectors' own file. */
export type VectorStep = v.InferOutput<typeof stepSchema>

/** One fact about a library, as a timed trace or as a table. */
export type Vector = v.InferOutput<typeof vectorSchema>

/** Settings by preset name, and the facts. */
export interface VectorFile {
  presets: Readonly<Record<string, Settings>>
  vectors: readonly Vector[]
}

/** Settings as a vector gives them, not yet understood. */
export type Settings = Readonly<Record<string, unknown>>

/** Reads a file of vectors. Throws an error that names the first places where it is not one. */
export function parseVectors(text: string): VectorFile {
  const result = v.safeParse(fileSchema, parseJson(text))
  if (!result.success) throw new Error(problemsText(result.issues))
  result.output.vectors.forEach(checkOrder)
  return result.output
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`not JSON (${error instanceof Error ? error.message : String(error)})`, { cause: error })
  }
}

function problemsText(issues: readonly v.BaseIssue<unknown>[]): string {
  const lines = issues.slice(0, SHOWN_PROBLEMS).map((issue) => `  ${placeOf(issue)}: ${issue.message}`)
  const rest = issues.length - lines.length
  return ['not a file of vectors:', ...lines, ...(rest > 0 ? [`  … and ${rest} more`] : [])].join('\n')
}

/** `vectors[3].steps[0].t` */
function placeOf(issue: v.BaseIssue<unknown>): string {
  const keys = (issue.path ?? []).map((item) => (typeof item.key === 'number' ? `[${item.key}]` : `.${String(item.key)}`))
  return keys.join('').replace(/^[.]/, '') || '(top)'
}

function checkOrder({ steps }: Vector, index: number): void {
  const early = steps.findIndex((step, at) => at > 0 && step.t < steps[at - 1]!.t)
  if (early > 0) throw new Error(`vectors[${index}].steps[${early}].t: ${steps[early]!.t} is before the step before it`)
}
