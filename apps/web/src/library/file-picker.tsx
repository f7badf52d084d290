/** Where the browser asks which files. Opened from elsewhere; not to be seen. */
import type { ReactNode, Ref } from 'react'

export interface FilePickerProps {
  readonly picker: Ref<HTMLInputElement>
  readonly onFiles: (files: readonly File[]) => void
}

export function FilePicker({ picker, onFiles }: FilePickerProps): ReactNode {
  return (
    <input
      ref={picker}
      type="file"
      multiple
      hidden
      onChange={(event) => {
        onFiles([...(event.target.files ?? [])])
        // The same file may be chosen again.
        event.target.value = ''
      }}
    />
  )
}
