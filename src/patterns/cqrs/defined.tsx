import { Explained } from '../../ui/explained.tsx'
import { DEFINITIONS } from './definitions.ts'

/** A figure's name, which tells its definition and source. */
export function Defined({ figure }: { figure: keyof typeof DEFINITIONS }) {
  const { term, text } = DEFINITIONS[figure]
  return <Explained term={term} text={text} />
}
