/** What code is written for. */
export type ExportTarget = (typeof EXPORT_TARGETS)[number]
export const EXPORT_TARGETS = ['zero-dep', 'xstate', 'cockatiel'] as const

/** What a target is called, and what a project written for it needs. */
export interface TargetTraits {
  title: string
  /** npm packages that the written code imports, with exact versions. */
  dependencies: Readonly<Record<string, string>>
  /** The oldest major version of Node that runs the code and its tests. */
  minimumNode: number
  /** Set where the declarations of a dependency do not pass the strictest settings themselves. */
  skipLibCheck: boolean
}

const TRAITS: Readonly<Record<ExportTarget, TargetTraits>> = {
  'zero-dep': { title: 'TypeScript, no dependencies', dependencies: {}, minimumNode: 20, skipLibCheck: false },
  // Its own declarations do not pass `exactOptionalPropertyTypes`.
  xstate: { title: 'XState 5', dependencies: { xstate: '5.33.3' }, minimumNode: 20, skipLibCheck: true },
  cockatiel: { title: 'cockatiel 4', dependencies: { cockatiel: '4.0.0' }, minimumNode: 22, skipLibCheck: false },
}

export function traitsOf(target: ExportTarget): TargetTraits {
  return TRAITS[target]
}
