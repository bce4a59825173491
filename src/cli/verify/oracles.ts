import * as v from 'valibot'

const SHOWN_PROBLEMS = 5

const oracleSchema = v.looseObject({
  id: v.pipe(v.string(), v.nonEmpty('an id is needed')),
  params: v.record(v.string(), v.unknown()),
  expected: v.record(v.string(), v.unknown()),
})

const fileSchema = v.looseObject({ oracles: v.array(oracleSchema) })

/** One number, or word, that a run is expected to come to. */
export interface Expectation {
  /** Where it stands below `expected`: `W`, or `P_stale.0.01` when groups are nested. */
  key: string
  value: unknown
}

/** What is known of a system without simulating it. */
export interface Oracle {
  id: string
  /** `oracles[3]` */
  place: string
  params: Readonly<Record<string, unknown>>
  expected: readonly Expectation[]
}

/** Reads a file of oracles. Throws an error that names the first places where it is not one. */
export function parseOracles(text: string): Oracle[] {
  const result = v.safeParse(fileSchema, parseJson(text))
  if (!result.success) throw new Error(problemsText(result.issues))
  return result.output.oracles.map(({ id, params, expected }, index) => {
    const oracle = { id, place: `oracles[${index}]`, params, expected: flatten(expected, '') }
    if (oracle.expected.length === 0) throw new Error(`${oracle.place}.expected: holds nothing; at least one key is needed`)
    return oracle
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`not JSON (${error instanceof Error ? error.message : String(error)})`, { cause: error })
  }
}

function flatten(group: object, prefix: string): Expectation[] {
  return Object.entries(group).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? flatten(value, `${prefix}${name}.`) : [{ key: `${prefix}${name}`, value }],
  )
}

function problemsText(issues: readonly v.BaseIssue<unknown>[]): string {
  const lines = issues.slice(0, SHOWN_PROBLEMS).map((issue) => `  ${placeOf(issue)}: ${issue.message}`)
  const rest = issues.length - lines.length
  return ['not a file of oracles:', ...lines, ...(rest > 0 ? [`  … and ${rest} more`] : [])].join('\n')
}

/** `oracles[3].expected` */
function placeOf(issue: v.BaseIssue<unknown>): string {
  const keys = (issue.path ?? []).map((item) => (typeof item.key === 'number' ? `[${item.key}]` : `.${String(item.key)}`))
  return keys.join('').replace(/^[.]/, '') || '(top)'
}
