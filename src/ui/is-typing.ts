const TAKES_KEYS = 'input:not([type="range"]), textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"]'

/** Whether keys pressed there are text, or belong to something that is open over the page. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest(TAKES_KEYS) !== null
}
