const NAME_MAX = 40

/** Words that mean something to the language, or to objects everyone has, whatever their case. */
const RESERVED = new Set(
  [
    'abstract any as asserts async await bigint boolean break case catch class const constructor continue debugger declare',
    'default delete do else enum eval export extends false finally for from function get global globalthis if implements',
    'import in infer infinity instanceof interface is keyof let module namespace nan never new null number object of package',
    'private protected prototype public readonly require return set static string super switch symbol then this throw true',
    'try type typeof undefined unique unknown using var void while with yield arguments array date error map math promise set',
    'tostring valueof hasownproperty performance settimeout cleartimeout con prn aux nul com1 com2 lpt1 lpt2',
    'makerequest fallingback judge circuitbreaker circuitopenerror circuitstate callwindow clock systemclock window',
  ]
    .join(' ')
    .split(' '),
)

/** The plain words of a label: ASCII letters and digits, accents dropped. Empty for labels without any. */
function words(label: string): string[] {
  const plain = label.toWellFormed().normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll(/([a-z])([A-Z])/g, '$1 $2')
  const found = plain.split(/[^A-Za-z0-9]+/).filter((word) => word !== '')
  const kept: string[] = []
  for (const word of found) if ([...kept, word].join('-').length <= NAME_MAX) kept.push(word.toLowerCase())
  return kept
}

/** A camelCase name for a label that is safe in code; `fallback` for labels that have no words or mean something already. */
export function safeName(label: string, fallback: string): string {
  const name = words(label)
    .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('')
  return name === '' || /^\d/.test(name) || RESERVED.has(name.toLowerCase()) ? fallback : name
}

/** A file name for a label, without its ending: `payment-breaker`. */
export function safeFileName(label: string, fallback: string): string {
  const name = words(label).join('-')
  return name === '' || RESERVED.has(name) ? fallback : name
}

/** Gives names that differ from each other even where case does not count, and from `taken`: `shipOrder`, `shipOrder2`. */
export function createNamer(taken: readonly string[] = []): (label: string, fallback: string) => string {
  const used = new Set(taken.map((name) => name.toLowerCase()))
  return (label, fallback) => {
    const stem = safeName(label, fallback)
    let name = stem
    for (let number = 2; used.has(name.toLowerCase()); number += 1) name = `${stem}${number}`
    used.add(name.toLowerCase())
    return name
  }
}

/** The name of a type: `OrderSaga`. */
export function typeName(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}
