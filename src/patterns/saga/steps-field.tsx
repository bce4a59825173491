import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react'
import { Button, IconButton } from '../../ui/button.tsx'
import type { OwnFieldProps } from '../view.tsx'
import { STEPS_MAX, type SagaStep } from './config.ts'
import { movedStep, changedStep, withoutStep, withStep } from './step-edits.ts'
import { StepForm } from './step-form.tsx'
import './steps-field.css'

const KIND_WORDS = { compensatable: 'can be undone', pivot: 'pivot', retriable: 'retriable', query: 'query' } as const

/** The steps in their order, a row each that unfolds. What breaks a rule between steps is taken, and keeps the saga from starting. */
export function StepsField({ value, describedBy, onChange }: OwnFieldProps) {
  const steps = value as readonly SagaStep[]
  return (
    <div className="saga-steps" role="group" aria-label="Steps" aria-describedby={describedBy}>
      <ol className="saga-steps-list">
        {steps.map((step, index) => (
          <li key={index} className="saga-step" data-way={index}>
            <details>
              <summary>
                <span className="saga-step-number">{index + 1}</span>
                <span className="saga-step-name">{step.name}</span>
                <span className="saga-step-kind">{KIND_WORDS[step.kind]}</span>
              </summary>
              <StepForm step={step} steps={steps} onChange={(change) => onChange(changedStep(steps, index, change))} />
            </details>
            <StepButtons step={step} index={index} steps={steps} onChange={onChange} />
          </li>
        ))}
      </ol>
      <Button size="small" tone="quiet" icon={<Plus aria-hidden="true" />} disabled={steps.length >= STEPS_MAX} onClick={() => onChange(withStep(steps))}>
        Add a step
      </Button>
    </div>
  )
}

interface StepButtonsProps {
  step: SagaStep
  index: number
  steps: readonly SagaStep[]
  onChange: (value: unknown) => void
}

function StepButtons({ step: { name }, index, steps, onChange }: StepButtonsProps) {
  return (
    <span className="saga-step-buttons">
      <IconButton size="small" label={`Move ${name} up`} disabled={index === 0} onClick={() => onChange(movedStep(steps, index, -1))}>
        <ArrowUp />
      </IconButton>
      <IconButton size="small" label={`Move ${name} down`} disabled={index === steps.length - 1} onClick={() => onChange(movedStep(steps, index, 1))}>
        <ArrowDown />
      </IconButton>
      <IconButton size="small" label={`Remove ${name}`} disabled={steps.length === 1} onClick={() => onChange(withoutStep(steps, index))}>
        <X />
      </IconButton>
    </span>
  )
}
