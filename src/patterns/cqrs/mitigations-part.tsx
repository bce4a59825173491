import { FlaskConical } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { Explained } from '../../ui/explained.tsx'
import { Section } from '../../ui/section.tsx'
import { Toggle } from '../../ui/toggle.tsx'
import type { Trial } from '../pattern.ts'
import type { Changes } from '../trials.ts'
import type { PanelProps } from '../view.tsx'
import { DEFINITIONS } from './definitions.ts'
import type { ProjectionFacts } from './facts.ts'
import { extraText, mitigationsOf, readersOf, writersOf, type Mitigation, type Price } from './mitigations.ts'
import { durationText } from './words.ts'

const NOTHING_CHANGED: Changes = []

/** Ways to spare readers what is old, as switches, with what each costs in a whole run of this very drawing. */
export function MitigationsPart({ facts, node, drawing, trials, onSet }: PanelProps & { facts: ProjectionFacts }) {
  const mitigations = mitigationsOf(drawing, facts, node.id)
  if (mitigations.length === 0) return null
  const readers = readersOf(drawing, facts.readModel).map(({ id }) => id)
  const writers = writersOf(drawing, facts.log).map(({ id }) => id)
  const priceOf = (changes: Changes) => toPrice(trials.of(changes), readers, writers)
  const now = priceOf(NOTHING_CHANGED)
  const variants = [NOTHING_CHANGED, ...mitigations.map(({ change }) => [change])]
  const isKnown = variants.every((changes) => trials.of(changes) !== undefined)
  return (
    <Section title="Mend it">
      <table className="cqrs-prices">
        <thead>
          <tr>
            <th scope="col">
              <span className="ui-hidden">Setting</span>
            </th>
            <th scope="col">
              <Explained term="missed" text={DEFINITIONS.readYourWrites.text} />
            </th>
            <th scope="col">
              <Explained term="read" text="Mean time of a read, over the whole run. What a switch adds to it, beside the present setting." />
            </th>
            <th scope="col">
              <Explained term="write" text="Mean time of a command, over the whole run. What a switch adds to it, beside the present setting." />
            </th>
          </tr>
        </thead>
        <tbody>
          <tr data-now>
            <th scope="row">As it is now</th>
            <td>{now?.missedOwnWrites ?? '–'}</td>
            <td>{now ? durationText(now.readMs) : '–'}</td>
            <td>{now ? durationText(now.writeMs) : '–'}</td>
          </tr>
          {mitigations.map((mitigation) => (
            <MitigationRow key={mitigation.id} mitigation={mitigation} price={priceOf([mitigation.change])} now={now} onSet={onSet} />
          ))}
        </tbody>
      </table>
      <Measure trials={trials} isKnown={isKnown} onMeasure={() => trials.run(variants)} />
    </Section>
  )
}

interface MitigationRowProps {
  mitigation: Mitigation
  price: Price | undefined
  now: Price | undefined
  onSet: PanelProps['onSet']
}

function MitigationRow({ mitigation: { label, hint, isOn, change }, price, now, onSet }: MitigationRowProps) {
  return (
    <tr>
      <th scope="row">
        <Toggle checked={isOn} onChange={() => onSet(change.field, change.value, change.node)}>
          {label}
        </Toggle>
        <small>{isOn ? 'Switched off it would be:' : hint}</small>
      </th>
      <td>{price?.missedOwnWrites ?? '–'}</td>
      <td>{price && now ? extraText(price.readMs, now.readMs) : '–'}</td>
      <td>{price && now ? extraText(price.writeMs, now.writeMs) : '–'}</td>
    </tr>
  )
}

function Measure({ trials: { progress, trouble, stop }, isKnown, onMeasure }: { trials: PanelProps['trials']; isKnown: boolean; onMeasure: () => void }) {
  if (progress)
    return (
      <p className="cqrs-measure" role="status">
        Running {progress.done + 1} of {progress.total}…
        <Button size="small" tone="quiet" onClick={stop}>
          Stop
        </Button>
      </p>
    )
  return (
    <div className="cqrs-measure">
      {isKnown ? (
        <p className="cqrs-quiet" role="status">Each row is a whole run of this drawing with the same luck and one setting changed.</p>
      ) : (
        <>
          <Button size="small" icon={<FlaskConical aria-hidden="true" />} onClick={onMeasure}>
            Measure
          </Button>
          <p className="cqrs-quiet">Runs this drawing once for each row.</p>
        </>
      )}
      {trouble === undefined ? null : <p className="cqrs-trouble" role="alert">It could not be measured: {trouble}</p>}
    </div>
  )
}

function toPrice(trial: Trial | undefined, readers: readonly string[], writers: readonly string[]): Price | undefined {
  if (!trial) return undefined
  const mean = (ids: readonly string[]): number => {
    const all = ids.flatMap((id) => trial.meanMs[id] ?? [])
    return all.reduce((sum, ms) => sum + ms, 0) / all.length
  }
  const { readYourWriteViolations } = trial.facts as ProjectionFacts
  return { missedOwnWrites: readYourWriteViolations, readMs: mean(readers), writeMs: mean(writers) }
}
