import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { breakerSnippet, everyShape } from './testing/breaker-nodes.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The strictest settings that a project of a user may have. */
const STRICTEST = {
  target: 'es2022', lib: ['es2023'], module: 'nodenext', moduleDetection: 'force', types: ['node'],
  typeRoots: [join(root, 'node_modules/@types')], rewriteRelativeImportExtensions: true, erasableSyntaxOnly: true,
  verbatimModuleSyntax: true, isolatedModules: true, isolatedDeclarations: true, declaration: true,
  noUncheckedSideEffectImports: true, strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true,
  noPropertyAccessFromIndexSignature: true, noImplicitOverride: true, noImplicitReturns: true,
  noFallthroughCasesInSwitch: true, noUnusedLocals: true, noUnusedParameters: true, allowUnreachableCode: false,
  allowUnusedLabels: false, skipLibCheck: false, noEmit: true,
}

it('type-checks under the strictest settings, whatever is configured', () => {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-types-'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: STRICTEST, include: ['*.ts'] }))
  const shapes = everyShape()
  shapes.forEach((shape, index) => writeFileSync(join(folder, `breaker-${index}.ts`), breakerSnippet(shape).code))
  writeFileSync(join(folder, 'user.ts'), USER)
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const run = () => execFileSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' })
  expect(shapes.length).toBe(216)
  expect(run).not.toThrow()
})

/** What somebody writes who uses it. */
const USER = `
import { makeRequest } from './breaker-215.ts';
export async function pay(): Promise<string> {
  const answer = await makeRequest(() => Promise.resolve({ receipt: 'r1' }));
  return 'receipt' in answer ? answer.receipt : answer.message;
}
`
