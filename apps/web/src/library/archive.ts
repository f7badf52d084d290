/** Many texts as one .zip, made here: nothing of them leaves the device. */
import { BlobWriter, TextReader, ZipWriter } from '@zip.js/zip.js/lib/zip-core-native.js'

/** The years that an archive can write down. */
const [FIRST, LAST] = [new Date(1980, 0, 1).getTime(), new Date(2099, 11, 31).getTime()] as const

/** Grows with every file, until `end` closes it. The browser itself compresses; the library's own workers our policy would not let run. */
export class Archive {
  private readonly zip = new ZipWriter(new BlobWriter('application/zip'), { useWebWorkers: false })

  async add(name: string, text: string, changedAt: number): Promise<void> {
    const lastModDate = new Date(Math.min(LAST, Math.max(FIRST, changedAt)))
    await this.zip.add(name, new TextReader(text), { lastModDate })
  }

  end(): Promise<Blob> {
    return this.zip.close()
  }
}
