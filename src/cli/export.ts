import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { EXPORT_TARGETS, hasSnippet, type ExportTarget } from '../export/index.ts'
import { planExport, type ExportPlan } from '../export/project/index.ts'
import { hasErrors, problemText } from '../model/problem.ts'
import { patterns } from '../patterns/index.ts'
import { recordRun } from '../proof/record-run.ts'
import { callerPath, openBlueprint, UsageError } from './lib/arguments.ts'

const USAGE = `Usage: npm run --silent export -- FILE --target ${EXPORT_TARGETS.join('|')} --out DIR [--seed N] [--until 60s] [--force]`

interface Options {
  file: string
  target: ExportTarget
  out: string
  force: boolean
  seed: string | undefined
  until: string | undefined
}

function main(): number {
  try {
    const options = readOptions()
    const { blueprint, problems } = openBlueprint(options.file, options)
    if (!blueprint || hasErrors(problems)) {
      process.stderr.write(problems.map((problem) => `${problem.severity}: ${problemText(problem)}\n`).join(''))
      return 2
    }
    refuseFullFolder(options)
    const plan = planExport(blueprint, recordRun(blueprint), { target: options.target })
    if (!plan) throw new UsageError(`${options.file} has nothing that ${options.target} has code for. Add one of: ${kindsFor(options.target)}.`)
    refuseWhatStandsInTheWay(plan, options.out)
    process.stdout.write(writePlan(plan, options.out).map((path) => `${path}\n`).join(''))
    return 0
  } catch (error) {
    if (!(error instanceof Error)) throw error
    process.stderr.write(`${error.message}\n`)
    return error instanceof UsageError ? 2 : 1
  }
}

function readOptions(): Options {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        target: { type: 'string' }, out: { type: 'string' }, seed: { type: 'string' }, until: { type: 'string' }, force: { type: 'boolean', default: false },
      },
    })
    const [file] = positionals
    if (file === undefined || positionals.length > 1) throw new UsageError(`One blueprint file is needed. ${USAGE}`)
    const target = EXPORT_TARGETS.find((one) => one === values.target)
    if (target === undefined) throw new UsageError(`--target ${values.target ?? '(missing)'} is not one of ${EXPORT_TARGETS.join(', ')}. ${USAGE}`)
    if (values.out === undefined || values.out === '') throw new UsageError(`--out is missing: the folder to write to. ${USAGE}`)
    return { file, target, out: values.out, force: values.force, seed: values.seed, until: values.until }
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${error instanceof Error ? error.message : String(error)} ${USAGE}`)
  }
}

function refuseFullFolder({ out, force }: Options): void {
  const folder = callerPath(out)
  if (force || !existsSync(folder)) return
  let entries: string[]
  try {
    entries = readdirSync(folder)
  } catch {
    throw new UsageError(`${out} is not a folder that can be read.`)
  }
  if (entries.length > 0) throw new UsageError(`${out} is not empty. Name another folder, or write over it with --force.`)
}

function kindsFor(target: ExportTarget): string {
  return patterns.filter(({ kind }) => hasSnippet(kind, target)).map(({ title }) => title.toLowerCase()).join(', ')
}

/** A folder where a file must go, or a file where a folder must. */
function refuseWhatStandsInTheWay(plan: ExportPlan, out: string): void {
  const isFolder = (name: string): boolean | undefined => {
    const path = callerPath(join(out, name))
    return existsSync(path) ? statSync(path).isDirectory() : undefined
  }
  for (const name of plan.keys()) {
    if (isFolder(name) === true) throw new UsageError(`${join(out, name)} is a folder, and a file must go there. Move it away, or name another folder.`)
    const above = dirname(name)
    if (above !== '.' && isFolder(above) === false) throw new UsageError(`${join(out, above)} is a file, and a folder must go there. Move it away, or name another folder.`)
  }
}

/** Writes the files and gives back their paths, as the person would write them. First elsewhere: then all of it can be written. */
function writePlan(plan: ExportPlan, out: string): string[] {
  const folder = callerPath(out)
  try {
    makeFolder(folder)
    const draft = mkdtempSync(join(tmpdir(), 'faultline-export-'))
    try {
      for (const [name, text] of plan) {
        mkdirSync(dirname(join(draft, name)), { recursive: true })
        writeFileSync(join(draft, name), text)
      }
      cpSync(draft, folder, { recursive: true })
    } finally {
      rmSync(draft, { recursive: true, force: true })
    }
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${out} cannot be written: ${error instanceof Error ? error.message : String(error)}`)
  }
  return [...plan.keys()].map((name) => join(out, name))
}

/** Makes a folder with those that it lies in, one by one: Node 20 does not come back from some that cannot be made. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) {
    if (!statSync(folder).isDirectory()) throw new UsageError(`${folder} is not a folder.`)
    return
  }
  makeFolder(dirname(folder))
  mkdirSync(folder)
}

process.exitCode = main()
