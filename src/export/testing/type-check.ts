import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { traitsOf, type ExportTarget } from '../index.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** The strictest settings that a project of a user may have, as far as the target's own declarations allow. */
const settingsFor = (target: ExportTarget) => ({
  ...STRICTEST,
  // Where declarations of others do not pass, types of theirs cannot be spelled out either.
  ...(traitsOf(target).skipLibCheck && { skipLibCheck: true, isolatedDeclarations: false, declaration: false }),
})

const STRICTEST = {
  target: 'es2022', lib: ['es2023'], module: 'nodenext', moduleDetection: 'force', types: ['node'],
  typeRoots: [join(root, 'node_modules/@types')], rewriteRelativeImportExtensions: true, erasableSyntaxOnly: true,
  verbatimModuleSyntax: true, isolatedModules: true, isolatedDeclarations: true, declaration: true,
  noUncheckedSideEffectImports: true, strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true,
  noPropertyAccessFromIndexSignature: true, noImplicitOverride: true, noImplicitReturns: true,
  noFallthroughCasesInSwitch: true, noUnusedLocals: true, noUnusedParameters: true, allowUnreachableCode: false,
  allowUnusedLabels: false, skipLibCheck: false, noEmit: true,
}

/** Writes files below a folder. */
export function writeAll(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

/** What the compiler has against these files under the strictest settings; empty when nothing. */
export function typeErrors(files: Readonly<Record<string, string>>, target: ExportTarget = 'zero-dep'): string {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-types-'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: settingsFor(target), include: ['**/*.ts'] }))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  writeAll(folder, files)
  try {
    return execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder], { encoding: 'utf8' })
  } catch (error) {
    return String((error as { stdout?: unknown }).stdout)
  }
}
