/** What takes the focus: where a value is typed or chosen rather than what switches it on. */
const CONTROLS = ['input:not([type="checkbox"]), select, textarea', '[role="switch"], summary']

/**
 * Leads to a setting in a form: unfolds what it lies in and gives its control the focus. Elements say by `data-way` which
 * step of the way into the config they are; where the form does not go on, the way ends.
 */
export function leadTo(form: HTMLElement, path: readonly (string | number)[]): void {
  let place: Element = form
  for (const step of path) {
    const next: Element | null = place.querySelector(`[data-way="${CSS.escape(String(step))}"]`)
    if (!next) break
    place = next
  }
  for (let outer: Element | null = place; outer && outer !== form; outer = outer.parentElement) if (outer instanceof HTMLDetailsElement) outer.open = true
  const [control] = CONTROLS.flatMap((selector) => place.querySelector<HTMLElement>(selector) ?? [])
  // With its help if there is room, and moving no more of the page than must be.
  place.scrollIntoView({ block: 'nearest' })
  control?.scrollIntoView({ block: 'nearest' })
  control?.focus({ preventScroll: true })
}
