import { useEffect, useMemo, useState } from 'react'
import type { ExportTarget } from '../../export/index.ts'
import { planExport, zipName, zipProject, type ExportPlan, type RecordedRun } from '../../export/project/index.ts'
import type { Blueprint } from '../../model/blueprint.ts'
import { saveFile } from '../../ui/save-file.ts'

/** Runs a drawing and gives back what the project's tests replay. */
export type RecordRun = (blueprint: Blueprint) => Promise<RecordedRun>

export interface ProjectOf {
  blueprint: Blueprint
  target: ExportTarget
  link: string | undefined
}

export interface Project {
  /** Undefined until the run is recorded for the first time. While it is recorded anew, the plan has the run before. */
  plan: ExportPlan | undefined
  isPending: boolean
  trouble: string | undefined
}

/** While one thing after the other is changed, no run is recorded. */
const STILL_MS = 250

interface Recorded {
  of: Blueprint
  run: RecordedRun | undefined
  trouble: string | undefined
}

/** The whole project, following the drawing, for as long as it is wanted. */
export function useProject({ blueprint, target, link }: ProjectOf, recordRun: RecordRun, isWanted: boolean): Project {
  const [recorded, setRecorded] = useState<Recorded>()
  const isPending = isWanted && recorded?.of !== blueprint
  useEffect(() => {
    if (!isPending) return
    let isWaited = true
    const timer = setTimeout(() => {
      recordRun(blueprint).then(
        (run) => isWaited && setRecorded({ of: blueprint, run, trouble: undefined }),
        (error: unknown) => isWaited && setRecorded({ of: blueprint, run: undefined, trouble: troubleOf(error) }),
      )
    }, STILL_MS)
    return () => {
      isWaited = false
      clearTimeout(timer)
    }
  }, [isPending, blueprint, recordRun])
  const run = recorded?.run
  const plan = useMemo(() => (isWanted && run ? planExport(blueprint, run, { target, link }) : undefined), [isWanted, run, blueprint, target, link])
  return { plan, isPending, trouble: isPending ? undefined : recorded?.trouble }
}

/** Hands the project of the drawing as it stands to the browser as a zip. Resolves to why not, if it could not be made. */
export async function saveProject({ blueprint, target, link }: ProjectOf, recordRun: RecordRun): Promise<string | undefined> {
  try {
    const plan = planExport(blueprint, await recordRun(blueprint), { target, link })
    if (!plan) return 'This drawing has nothing that becomes code.'
    saveFile(zipName(blueprint), new Blob([new Uint8Array(zipProject(plan))], { type: 'application/zip' }))
    return undefined
  } catch (error) {
    return troubleOf(error)
  }
}

function troubleOf(error: unknown): string {
  return `The run could not be recorded: ${error instanceof Error ? error.message : String(error)}`
}
