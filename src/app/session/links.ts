/** What an address asks for: `#scenario=slow-calls&try=0`. */
export interface DeepLink {
  scenario: string | undefined
  /** Index of one of the lesson's tries. */
  tryIndex: number | undefined
  /** A shared moment, as `model/share.ts` reads it. */
  share: string | undefined
}

/** Reads an address' fragment. What is not understood is left out: an old or mistyped link still opens the page. */
export function readLink(hash: string): DeepLink {
  const words = new URLSearchParams(hash.replace(/^#/, ''))
  const tryText = words.get('try') ?? ''
  return {
    scenario: words.get('scenario') ?? undefined,
    share: words.get('share') ?? undefined,
    tryIndex: /^\d{1,2}$/.test(tryText) ? Number(tryText) : undefined,
  }
}

/** The fragment that opens a scenario. */
export function scenarioLink(id: string): string {
  return `#${new URLSearchParams({ scenario: id }).toString()}`
}

/** The fragment that opens a shared moment. */
export function sharedLink(text: string): string {
  return `#share=${text}`
}
