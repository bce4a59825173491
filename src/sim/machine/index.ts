export { compileMachine, type CompileOptions } from './compile.ts'
export type { CompiledMachine, MachineInstance, TimerSink } from './compiled-machine.ts'
