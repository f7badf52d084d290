/** Puts text on the clipboard. False where the browser forbids it, as it does on plain HTTP away from localhost. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
