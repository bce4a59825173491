/*
 * npm run tidy: the part of our style that no other tool checks. Each finding says where, what, and what to do instead.
 * Sizes of files and functions are the linter's; who may import whom is lint:deps'.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Rule {
  name: string
  remedy: string
  pattern: RegExp
  where: RegExp
  /** Whether words in comments are left alone. */
  codeOnly?: boolean
}

const CODE = /^(?:src|e2e)\/.+[.](?:tsx?|mjs)$/
const TESTS = /[.](?:test|spec)[.]tsx?$/
const EVERYTHING = /./

// Written so that no pattern matches itself.
const RULES: readonly Rule[] = [
  {
    name: 'unfinished',
    remedy: 'finish it, or drop it',
    pattern: /\b(?:FIX[M]E|TO[D]O|XX[X])\b/,
    where: EVERYTHING,
  },
  {
    name: 'test left out',
    remedy: 'run every test, or delete the one that no longer says anything',
    pattern: /\b(?:it|test|describe)[.](?:only|skip|fixme|todo)\b|\bfdescrib[e]\b/,
    where: TESTS,
  },
  {
    name: 'any',
    remedy: 'use unknown and narrow it',
    pattern: /(?:[:<|&,]|\bas)\s*any(?=\s*(?:[;,)>\]}=|&[]|$))/,
    where: /^(?:src|e2e)\/.+[.]tsx?$/,
    codeOnly: true,
  },
  {
    name: 'silenced check',
    remedy: 'do what the check asks, or change the rule for everyone',
    pattern: /^\s*(?:[{]?[/][*]+|[*]|[/]{2,})\s*@ts-(?:ignore|expect-error|nocheck)|[/][/*]\s*(?:oxlint|eslint)-disable/,
    where: CODE,
  },
  {
    name: 'path of one machine',
    remedy: 'resolve it from import.meta.url, INIT_CWD or os.tmpdir()',
    pattern: /(?<![\w.:/-])[/](?:work|root|tmp|home|Users)[/]\w/,
    where: EVERYTHING,
  },
  {
    name: 'talks about its making',
    remedy: 'say what it is and why; history belongs to git',
    pattern: /\bA[I]\b|\bLL[M]s?\b|\bGP[T]\b|language mode[l]|[Cc]o-[Aa]uthored-b[y]|[Ss]hared[/](?:reference|design|data|mockups|hooks)\b/,
    where: EVERYTHING,
  },
]

const NOT_TEXT = /[.](?:png|jpe?g|gif|ico|woff2?|zip|gz)$|^package-lock[.]json$/
const NOT_OURS = /^(?:node_modules|dist|coverage|test-results|playwright-report|[.](?!ci$|github$).*)$/

const root = process.cwd()

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory()) return NOT_OURS.test(entry.name) ? [] : filesBelow(path)
    return entry.isFile() && !NOT_TEXT.test(path) ? [path] : []
  })
}

function withoutComment(line: string): string {
  return /^\s*(?:\*|\/\*|\/\/)/.test(line) ? '' : line.replace(/\s\/\/ .*$/, '')
}

function findingsIn(file: string): string[] {
  const lines = readFileSync(join(root, file), 'utf8').split('\n')
  return RULES.filter((rule) => rule.where.test(file)).flatMap(({ name, remedy, pattern, codeOnly }) =>
    lines.flatMap((line, index) =>
      pattern.test(codeOnly === true ? withoutComment(line) : line) ? [`${file}:${String(index + 1)}: ${name}: ${remedy}`] : [],
    ),
  )
}

/** A kind is a folder with a machine; it also has a page that explains it, a config, and at least one test. */
function incompleteKinds(): string[] {
  const patterns = join(root, 'src/patterns')
  if (!existsSync(patterns)) return []
  const folders = readdirSync(patterns, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return folders.flatMap(({ name: kind }) => {
    const files = readdirSync(join(patterns, kind))
    if (!files.includes('machine.ts')) return []
    const missing = ['README.md', 'config.ts'].filter((file) => !files.includes(file))
    if (!files.some((file) => TESTS.test(file))) missing.push('a test')
    return missing.map((what) => `src/patterns/${kind}/: incomplete kind: add ${what}`)
  })
}

const files = filesBelow('')
const findings = [...files.flatMap(findingsIn), ...incompleteKinds()]
console.log(findings.length === 0 ? `${String(files.length)} files, tidy` : findings.join('\n'))
process.exitCode = findings.length === 0 ? 0 : 1
