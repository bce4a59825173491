import { format } from 'prettier'
import { expect } from 'vitest'

/** Fails when prettier would write the code in another way, with the settings that exported projects have. */
export async function expectFormatted(code: string, what?: string): Promise<void> {
  expect(await format(code, { parser: 'typescript', singleQuote: true, printWidth: 100 }), what).toBe(code)
}
