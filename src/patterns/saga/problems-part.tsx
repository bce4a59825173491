import { OctagonAlert, Wrench } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/section.tsx'
import type { PanelProps } from '../view.tsx'
import { checkSaga, checkSagaGraph, sagaLints, type SagaLint } from './check.ts'
import type { SagaConfig } from './config.ts'

/** What keeps the saga from starting, or from getting anywhere, by name. Everything else on the canvas runs on. */
export function ProblemsPart({ node, drawing, config }: Pick<PanelProps, 'node' | 'drawing'> & { config: SagaConfig }) {
  const errors = checkSaga(config).filter(({ severity }) => severity === 'error')
  if (errors.length === 0) return <NobodyToAsk {...{ node, drawing, config }} />
  return (
    <div className="saga-problems" role="alert">
      <OctagonAlert aria-hidden="true" size={18} />
      <div>
        <b>This saga does not start:</b>
        <ul>
          {errors.map(({ field, message }) => (
            <li key={`${field} ${message}`}>{message}.</li>
          ))}
        </ul>
      </div>
    </div>
  )
}

function NobodyToAsk({ node, drawing: { nodes, edges }, config }: Pick<PanelProps, 'node' | 'drawing'> & { config: SagaConfig }) {
  // A bypassed node is not among them; behind it there is somebody all the same.
  const downstream = edges.filter(({ from }) => from === node.id).map(({ to }) => nodes.find(({ id }) => id === to) ?? { id: to, kind: '' })
  const [problem] = checkSagaGraph({ config, downstream })
  if (!problem) return null
  return (
    <div className="saga-problems" role="alert">
      <OctagonAlert aria-hidden="true" size={18} />
      <p>{`${node.label} ${problem.message}. Draw a line from it to a service.`}</p>
    </div>
  )
}

/** What makes this saga surprising, each with the way to put it right. */
export function LintsPart({ config, onSet }: { config: SagaConfig; onSet: PanelProps['onSet'] }) {
  const lints = sagaLints(config)
  if (lints.length === 0) return null
  return (
    <Section title={`Worth changing (${lints.length})`}>
      <ul className="saga-lints">
        {lints.map((lint) => (
          <li key={`${lint.path.join('.')} ${lint.message}`}>
            <p>{lint.message}.</p>
            <Button size="small" icon={<Wrench aria-hidden="true" />} onClick={() => apply(lint, config, onSet)}>
              {lint.fix.label}
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** A fix changes one setting, so it is one step of undo. */
function apply({ fix }: SagaLint, config: SagaConfig, onSet: PanelProps['onSet']): void {
  for (const [field, value] of Object.entries(fix.config)) if (value !== config[field as keyof SagaConfig]) onSet(field, value)
}
