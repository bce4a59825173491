import type { Pattern } from '../../patterns/pattern.ts'
import { patterns } from '../../patterns/index.ts'
import { patternViews } from '../../patterns/views.tsx'
import type { Scenario } from '../../scenarios/index.ts'
import { StatePill } from '../../ui/state-pill.tsx'
import './gallery.css'

/** Every lesson and every state of every kind on one page: for whoever works on their looks, and for taking pictures. */
export function Gallery({ scenarios }: { scenarios: readonly Scenario[] }) {
  return (
    <main className="gallery">
      <h1>Gallery</h1>
      <h2>Lessons</h2>
      <ul className="gallery-lessons">
        {scenarios.map(({ id, title, summary }) => (
          <li key={id}>
            <a href={`./#scenario=${id}`}>{title}</a>
            <p>{summary}</p>
          </li>
        ))}
      </ul>
      <h2>States</h2>
      <ul className="gallery-kinds">
        {patterns.map((pattern) => (
          <KindStates key={pattern.kind} pattern={pattern} />
        ))}
      </ul>
    </main>
  )
}

function KindStates({ pattern }: { pattern: Pattern }) {
  const Icon = patternViews[pattern.kind]?.Icon
  return (
    <li>
      <h3>
        {Icon ? <Icon size={18} aria-hidden /> : null} {pattern.title}
      </h3>
      <p>{pattern.summary}</p>
      <ul className="gallery-states">
        {Object.entries(pattern.states).map(([state, { tone, word }]) => (
          <li key={state}>
            <StatePill tone={tone} word={word} /> <code>{state}</code>
          </li>
        ))}
      </ul>
    </li>
  )
}
