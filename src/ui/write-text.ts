/** Writes an element's only text, if it is another, into the text node it has: a new one would be laid out from scratch. */
export function writeText(element: Element, text: string): void {
  const { firstChild } = element
  if (!(firstChild instanceof Text)) element.textContent = text
  else if (firstChild.data !== text) firstChild.data = text
}
