import { safeFileName } from '../names.ts'
import { traitsOf, type ExportTarget } from '../targets.ts'

/** `package.json`: exact versions, nothing but what the code imports, the compiler and Node's types. */
export function packageFile(drawing: string, target: ExportTarget, tests: readonly string[]): string {
  const { dependencies, minimumNode } = traitsOf(target)
  // A list of files: Node 20 expands no pattern, and later ones take a folder for something else.
  const built = tests.map((test) => `dist/${test.replace(/\.ts$/, '.js')}`).join(' ')
  return json({
    name: safeFileName(drawing, 'resilience'),
    version: '0.1.0',
    private: true,
    type: 'module',
    engines: { node: `>=${minimumNode}` },
    scripts: { build: 'tsc', test: `tsc && node --test ${built}` },
    prettier: { singleQuote: true, printWidth: 100 },
    ...(Object.keys(dependencies).length > 0 && { dependencies }),
    devDependencies: { '@types/node': '20.19.43', typescript: '7.0.2' },
  })
}

/** `tsconfig.json`: as strict as the target's own declarations allow. */
export function compilerFile(target: ExportTarget): string {
  return json({
    compilerOptions: {
      target: 'es2022', lib: ['es2023'], module: 'nodenext', moduleDetection: 'force', types: ['node'], outDir: 'dist', rootDir: '.',
      rewriteRelativeImportExtensions: true, erasableSyntaxOnly: true, verbatimModuleSyntax: true, isolatedModules: true,
      noUncheckedSideEffectImports: true, strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true,
      noPropertyAccessFromIndexSignature: true, noImplicitOverride: true, noImplicitReturns: true, noFallthroughCasesInSwitch: true,
      noUnusedLocals: true, noUnusedParameters: true, allowUnreachableCode: false, allowUnusedLabels: false, skipLibCheck: traitsOf(target).skipLibCheck,
    },
    include: ['src', 'test'],
  })
}

export function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
