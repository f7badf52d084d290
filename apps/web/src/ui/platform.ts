/** Whether this is a device of Apple's, which writes its keys with other signs and puts its commands on another one. */
export function isMac(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.platform)
}
