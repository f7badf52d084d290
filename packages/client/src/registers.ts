import { REGISTER_NAMES, type RegisterName, type SharedRegister } from '@manyhands/protocol'

/** What is shared of a document beside its text, by name. Empty where nobody has said anything. */
export type Registers = Readonly<Record<RegisterName, string>>

export const NO_REGISTERS: Registers = { title: '', language: '', 'edit-key': '', 'read-key': '' }

export function withRegisters(registers: Registers, said: readonly SharedRegister[]): Registers {
  return { ...registers, ...Object.fromEntries(said.map(({ name, value }) => [name, value])) }
}

export function sameRegisters(a: Registers, b: Registers): boolean {
  return REGISTER_NAMES.every((name) => a[name] === b[name])
}

export function listOf(registers: Registers): readonly SharedRegister[] {
  return REGISTER_NAMES.map((name) => ({ name, value: registers[name] }))
}
