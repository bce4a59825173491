const TAKES_KEYS = 'input:not([type="range"]), textarea, select, [contenteditable="true"], [role="menu"]'

/** Whether keys pressed there are text, or belong to something that is open over the page. */
export function isTyping(target: EventTarget | null): boolean {
  return isDialogOpen() || (target instanceof HTMLElement && target.closest(TAKES_KEYS) !== null)
}

/** Whether the page waits for a dialog: its keys then mean nothing, wherever the focus is. */
export function isDialogOpen(): boolean {
  return document.querySelector('[role="dialog"]') !== null
}
