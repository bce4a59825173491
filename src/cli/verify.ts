import { parseArgs } from 'node:util'
import { isMainThread } from 'node:worker_threads'
import { readInput, UsageError } from './lib/arguments.ts'
import { runOracles, serveOracles } from './verify/crew.ts'
import { families } from './verify/families.ts'
import { parseOracles, type Oracle } from './verify/oracles.ts'
import { planOracle } from './verify/replicate.ts'
import { isFailure, verdictLine } from './verify/verdict.ts'

const USAGE = 'Usage: npm run --silent verify -- ORACLES.json'

/** Compares simulated figures with what is known without simulating. 0: all agree, 1: not all, 2: bad usage or input. */
async function main(): Promise<number> {
  try {
    const oracles = openOracles(readFile())
    // All at once and first: a number that makes no sense is found before anything runs.
    for (const oracle of oracles) planOracle(oracle, families)
    return await verifyAll(oracles)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    process.stderr.write(`${error.message}\n`)
    return 2
  }
}

function readFile(): string {
  try {
    const [file, ...rest] = parseArgs({ allowPositionals: true, options: {} }).positionals
    if (file === undefined || rest.length > 0) throw new UsageError(`One file of oracles is needed. ${USAGE}`)
    return file
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${messageOf(error)} ${USAGE}`)
  }
}

function openOracles(file: string): Oracle[] {
  const text = readInput(file)
  try {
    const oracles = parseOracles(text)
    if (oracles.length === 0) throw new UsageError('There are no oracles in this file.')
    return oracles
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${file}: ${messageOf(error)}`)
  }
}

async function verifyAll(oracles: readonly Oracle[]): Promise<number> {
  let [passed, total, failed] = [0, 0, 0]
  await runOracles(oracles, ({ id }, verdicts) => {
    for (const verdict of verdicts) {
      process.stdout.write(`${verdictLine(id, verdict)}\n`)
      total += 1
      if (verdict.word === 'PASS') passed += 1
      if (isFailure(id, verdict)) failed += 1
    }
  })
  process.stdout.write(`${passed}/${total}\n`)
  return failed === 0 ? 0 : 1
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

if (isMainThread) process.exitCode = await main()
else serveOracles()
