/** Many texts as one .zip, made here: nothing of them leaves the device. */
import { strToU8, Zip, ZipDeflate } from 'fflate'

/** The years that an archive can write down. */
const [FIRST, LAST] = [new Date(1980, 0, 1).getTime(), new Date(2099, 11, 31).getTime()] as const

/** Grows with every file, until `end` closes it. */
export class Archive {
  private readonly parts: BlobPart[] = []
  private readonly zip: Zip

  constructor() {
    this.zip = new Zip((error, part) => {
      if (error !== null) throw error
      this.parts.push(new Uint8Array(part))
    })
  }

  add(name: string, text: string, changedAt: number): void {
    const file = new ZipDeflate(name, { level: 6 })
    file.mtime = Math.min(LAST, Math.max(FIRST, changedAt))
    this.zip.add(file)
    file.push(strToU8(text), true)
  }

  end(): Blob {
    this.zip.end()
    return new Blob(this.parts, { type: 'application/zip' })
  }
}
