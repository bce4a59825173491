import type { Blueprint } from '../model/blueprint.ts'
import { saveFile } from '../ui/save-file.ts'

/** Hands the blueprint to the browser as a JSON file that can be opened again. */
export function saveBlueprint(blueprint: Blueprint): void {
  saveFile(fileName(blueprint.name), new Blob([`${JSON.stringify(blueprint, undefined, 2)}\n`], { type: 'application/json' }))
}

/** A file name from a title: safe on every system, and never empty. */
export function fileName(title: string): string {
  const plain = title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60)
  return `${plain === '' ? 'blueprint' : plain}.faultline.json`
}

/** Asks for a file and gives its name and text; nothing when the question was dismissed. */
export function pickFile(onText: (name: string, text: string) => void): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = '.json,application/json'
  input.addEventListener('change', () => {
    const file = input.files?.[0]
    if (file) void file.text().then((text) => onText(file.name, text))
  })
  input.click()
}
