import { execFile } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** Major versions of Node that exported projects are tested on. */
export const NODE_MAJORS = [20, 22, 24]

/** A Node to run things with. */
export interface NodeBinary {
  major: number
  version: string
  path: string
}

/** This Node, and the others as npm packages of this system's builds. One that npm does not have is left out; `problems` says so. */
export async function findNodes(folder: string): Promise<{ nodes: NodeBinary[]; problems: string[] }> {
  const nodes: NodeBinary[] = []
  const problems: string[] = []
  for (const major of NODE_MAJORS) {
    try {
      const path = process.versions.node.startsWith(`${major}.`) ? process.execPath : await installNode(folder, major)
      const { stdout } = await execute(path, ['--version'])
      nodes.push({ major, version: stdout.trim(), path })
    } catch (error) {
      problems.push(`Node ${major} could not be had: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`)
    }
  }
  return { nodes, problems }
}

async function installNode(folder: string, major: number): Promise<string> {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const home = join(folder, `node-${major}`)
  const path = join(home, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(path)) return path
  mkdirSync(home, { recursive: true })
  await execute('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', home, `${name}@${major}`], { shell: process.platform === 'win32' })
  return path
}
