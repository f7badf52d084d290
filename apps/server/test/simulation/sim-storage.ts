import type { DocumentId } from '@manyhands/protocol'
import type { Disk, Machine } from '@manyhands/testkit'
import type { Listed, Loaded, Storage, Write } from '../../src/storage/storage.ts'
import type { Platter } from './platter.ts'

/** A storage on a disk that takes its time, and loses what has not landed when its server crashes. */
export class SimStorage implements Storage {
  private readonly disk: Disk
  private readonly platter: Platter
  private readonly machine: Machine

  constructor(disk: Disk, platter: Platter, machine: Machine) {
    this.disk = disk
    this.platter = platter
    this.machine = machine
  }

  commit(writes: readonly Write[]): Promise<void> {
    return this.disk.write(this.machine, () => this.platter.land(writes))
  }

  load(document: DocumentId): Promise<Loaded> {
    return this.disk.read(this.machine, () => this.platter.load(document))
  }

  list(): Promise<readonly Listed[]> {
    return this.disk.read(this.machine, () => this.platter.memory.list())
  }

  meta(name: string): Promise<string | null> {
    return this.disk.read(this.machine, () => this.platter.memory.meta(name))
  }

  setMeta(name: string, value: string): Promise<void> {
    return this.disk.write(this.machine, () => void this.platter.memory.setMeta(name, value))
  }

  check(): Promise<void> {
    return this.disk.write(this.machine, () => {})
  }

  async close(): Promise<void> {}
}
