import type { Tabs } from './tabs.ts'

/** The tabs of one browser, by its BroadcastChannel. One that is gone is not missed: it hears nothing, and that is all. */
export const broadcastTabs: Tabs = {
  join(document, hear) {
    const channel = new BroadcastChannel(`manyhands ${document}`)
    channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => hear(data))
    return { say: (message) => channel.postMessage(message), leave: () => channel.close() }
  },
}
