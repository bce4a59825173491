import { Plus } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { NumberField } from '../../ui/number-field.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { Toggle } from '../../ui/toggle.tsx'
import { ERROR_WORDS, retrySchema, stepSchema, type RetryPolicy, type SagaCompensation, type SagaStep } from './config.ts'
import { Labelled, SchemaField } from './schema-field.tsx'
import { defined, newCompensation } from './step-edits.ts'

const STEP_FIELDS = ['kind', 'startToCloseMs', 'scheduleToCloseMs', 'onUnknown', 'idempotencyKey', 'effect'] as const
const RETRY_FIELDS = ['maximumAttempts', 'initialIntervalMs', 'backoffCoefficient', 'maximumIntervalMs', 'jitter'] as const
const COMPENSATION_ENTRIES = stepSchema.entries.compensation.wrapped.entries
const LOCAL_MS = 100

export interface StepFormProps {
  step: SagaStep
  steps: readonly SagaStep[]
  onChange: (change: Partial<SagaStep>) => void
}

/** All settings of one step. */
export function StepForm({ step, steps, onChange }: StepFormProps) {
  const { compensation } = step
  return (
    <div className="saga-step-form">
      <Labelled label="Name">
        <TextField label={`Name of ${step.name}`} value={step.name} onCommit={(name) => onChange({ name })} />
      </Labelled>
      <p className="saga-step-help">Its calls are of this type: lines and services go by it.</p>
      {STEP_FIELDS.map((key) => (
        <SchemaField key={key} of={step.name} way={key} schema={stepSchema.entries[key]} value={step[key]} onChange={(value) => onChange({ [key]: value })} />
      ))}
      <LocalField of={step.name} value={step.local} onChange={(local) => onChange({ local })} />
      <RetryFields of={step.name} retry={step.retry} onChange={(retry) => onChange({ retry })} />
      {compensation ? (
        <CompensationFields compensation={compensation} onChange={(next) => onChange({ compensation: next })} />
      ) : (
        <Button size="small" tone="quiet" icon={<Plus aria-hidden="true" />} onClick={() => onChange({ compensation: newCompensation(step, steps) })}>
          Add a compensation
        </Button>
      )}
    </div>
  )
}

interface CompensationFieldsProps {
  compensation: SagaCompensation
  onChange: (compensation: SagaCompensation | undefined) => void
}

function CompensationFields({ compensation, onChange }: CompensationFieldsProps) {
  const { name, startToCloseMs, local, retry } = compensation
  const change = (part: Partial<SagaCompensation>) => onChange(defined({ ...compensation, ...part }))
  return (
    <fieldset className="saga-step-group" data-way="compensation">
      <legend>Compensation</legend>
      <Labelled label="Name">
        <TextField label={`Name of ${name}`} value={name} onCommit={(next) => change({ name: next })} />
      </Labelled>
      <SchemaField of={name} way="startToCloseMs" schema={COMPENSATION_ENTRIES.startToCloseMs} value={startToCloseMs} onChange={(value) => change({ startToCloseMs: value as number })} />
      <LocalField of={name} value={local} onChange={(next) => change({ local: next })} />
      <RetryFields of={name} retry={retry} onChange={(next) => change({ retry: next })} />
      <Button size="small" tone="quiet" onClick={() => onChange(undefined)}>
        Remove the compensation
      </Button>
    </fieldset>
  )
}

/** Whether it runs inside the orchestrator, and for how long. A spread that a file brought stays as it is. */
function LocalField({ of, value, onChange }: { of: string; value: SagaStep['local']; onChange: (value: SagaStep['local']) => void }) {
  return (
    <div className="saga-step-limit">
      <Toggle checked={value !== undefined} onChange={(isLocal) => onChange(isLocal ? { type: 'constant', ms: LOCAL_MS } : undefined)}>
        Runs in the orchestrator
      </Toggle>
      {value?.type === 'constant' ? (
        <NumberField label={`${of}: takes`} unit="ms" min={0} max={86_400_000} value={value.ms} onCommit={(ms) => onChange({ type: 'constant', ms })} />
      ) : null}
      {value && value.type !== 'constant' ? <span className="saga-step-help">{value.type}</span> : null}
    </div>
  )
}

function RetryFields({ of, retry, onChange }: { of: string; retry: RetryPolicy; onChange: (retry: RetryPolicy) => void }) {
  const { nonRetryableErrors } = retry
  const toggle = (word: string, isOn: boolean) => {
    const words = ERROR_WORDS.filter((one) => (one === word ? isOn : nonRetryableErrors.includes(one)))
    onChange({ ...retry, nonRetryableErrors: words })
  }
  return (
    <fieldset className="saga-step-group" data-way="retry">
      <legend>Retries</legend>
      {RETRY_FIELDS.map((key) => (
        <SchemaField key={key} of={of} way={key} schema={retrySchema.entries[key]} value={retry[key]} onChange={(value) => onChange({ ...retry, [key]: value })} />
      ))}
      <details>
        <summary>Never after: {nonRetryableErrors.length === 0 ? 'nothing' : nonRetryableErrors.join(', ')}</summary>
        <div className="saga-step-errors">
          {ERROR_WORDS.map((word) => (
            <label key={word}>
              <input type="checkbox" checked={nonRetryableErrors.includes(word)} onChange={(event) => toggle(word, event.target.checked)} /> {word}
            </label>
          ))}
        </div>
      </details>
    </fieldset>
  )
}
