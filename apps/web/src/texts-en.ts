/** Every sentence the page says, in English. The catalogues of the other languages have the same shape, or do not compile. */

const number = new Intl.NumberFormat('en')
const time = new Intl.DateTimeFormat('en', { timeStyle: 'medium' })
const dayAndTime = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' })
/** No more than there is. */
const compact = new Intl.NumberFormat('en', { notation: 'compact', compactDisplay: 'long' })
const roundly = (n: number): string => compact.format(Math.floor(n / 100_000) * 100_000)
const characters = (n: number): string => `${number.format(n)} ${n === 1 ? 'character' : 'characters'}`
const words = (n: number): string => `${number.format(n)} ${n === 1 ? 'word' : 'words'}`
const servers = (n: number): string => `${number.format(n)} ${n === 1 ? 'server' : 'servers'}`

const MOODS = [
  'Quiet',
  'Brave',
  'Gentle',
  'Swift',
  'Curious',
  'Patient',
  'Merry',
  'Lively',
  'Tranquil',
  'Eager',
  'Kind',
  'Nimble',
]
const ANIMALS = ['Otter', 'Heron', 'Lynx', 'Wren', 'Badger', 'Fox', 'Robin', 'Dove', 'Kite', 'Seal', 'Puffin', 'Marten']

export const english = {
  documentTitle: (title: string): string => `${title || 'Untitled'} · Manyhands`,

  title: { label: 'Document title', placeholder: 'Untitled' },

  editor: {
    label: 'Document text',
    loading: 'Opening the document',
    hint: 'Start writing.',
    hintShare: 'Share the link, and others write along.',
    hintKeys: (key: (keys: string) => string): string =>
      `${key('F1')} shows all you can do · ${key('Mod-f')} finds · ${key('Mod-z')} takes back your own edits`,
    matches: {
      none: 'No matches',
      count: (at: number | null, all: number, more: boolean): string => {
        const many = `${number.format(all)}${more ? '+' : ''}`
        return at === null ? `${many} ${all === 1 ? 'match' : 'matches'}` : `${number.format(at)} of ${many}`
      },
    },
    /** CodeMirror's own words. */
    phrases: {
      Find: 'Find',
      Replace: 'Replace',
      next: 'next',
      previous: 'previous',
      all: 'all',
      'match case': 'match case',
      regexp: 'regexp',
      'by word': 'by word',
      replace: 'replace',
      'replace all': 'replace all',
      close: 'close',
      'current match': 'current match',
      'replaced $ matches': 'matches replaced: $',
      'replaced match on line $': 'replaced match on line $',
      'Go to line': 'Go to line',
      go: 'go',
      'on line': 'on line',
      'Control character': 'Control character',
      'Selection deleted': 'Selection deleted',
    },
  },

  pill: {
    label: (text: string): string => `${text}. Details`,
    loading: 'Opening…',
    ready: 'Ready',
    saved: 'Saved',
    saving: (n: number): string => `Saving ${characters(n)}`,
    slow: (n: number): string => `${characters(n)} not yet on the server`,
    offline: 'Offline',
    reconnecting: (seconds: number): string => (seconds > 0 ? `Reconnecting in ${seconds} s` : 'Reconnecting…'),
    readOnly: 'Read only',
    waiting: { turn: 'Busy; your edits wait here', disk: 'Not saved yet', server: 'Not connected' },
    stopped: 'Not connected',
    now: 'Now',
    count: (n: number): string => number.format(n),
    seconds: (n: number): string => `${n} s`,
  },

  details: {
    loading: 'The document is on its way.',
    ready: 'A new document. It is kept from your first character on.',
    saved: (replicas: number, all: number): string =>
      all > 1
        ? `All your changes are on ${number.format(replicas)} of ${servers(all)}.`
        : 'All your changes are on the server’s disk.',
    savedOnOne: (all: number): string =>
      `All your changes are on 1 of ${servers(all)}. The others get them as soon as they can be reached.`,
    saving: 'On the way to the server’s disk.',
    slow: 'The server is slow to answer. Keep this page open; everything will be sent.',
    offline: 'You can keep writing; it will sync when you are online again.',
    reconnecting: 'The connection is lost. You can keep writing; it will sync.',
    atRisk: (n: number): string => `${characters(n)} ${n === 1 ? 'is' : 'are'} only in this window.`,
    readOnly: 'You may read this document, not change it. Whoever gave you this link can give you the one to edit.',
    nowReading: 'Your access changed to reading.',
    readOnlyUntil: 'You may read what is left of it. It can be changed again when it is whole.',
    waiting: 'Your edits wait here and are sent again by themselves.',
    triedAgain: 'It is tried again by itself.',
    hash: 'State',
    hashMeaning: 'Whoever sees the same state has the same text.',
    storedAt: (at: number, today: boolean): string =>
      today ? `Last stored at ${time.format(at)}.` : `Last stored on ${dayAndTime.format(at)}.`,
    /** Servers, of all that there are. */
    agree: (n: number, all: number): string =>
      all > 1
        ? `${number.format(n)} of ${number.format(all)} ${n === 1 ? 'agrees' : 'agree'}.`
        : 'The server has the same.',
  },

  moved: 'Moved to another server. Nothing was lost.',

  device: {
    kept: 'A copy is kept on this device.',
    atRisk: (n: number): string => `${characters(n)} ${n === 1 ? 'is' : 'are'} only on this device.`,
    trouble: {
      full: 'This device is full: its offline copy stopped. You can keep writing while you are connected.',
      blocked:
        'This browser keeps nothing here, as in a private window: there is no offline copy. You can keep writing.',
      damaged: 'The storage of this browser is damaged: there is no offline copy. You can keep writing.',
      mended: 'The offline copy on this device was damaged. It was put away, and a new one is kept.',
    },
    newVersion: 'A new version is ready.',
    keepsText: 'Your text stays.',
  },

  size: {
    scarce: (n: number, all: number): string =>
      `This document is nearly as long as one can be: ${roundly(n)} of ${roundly(all)} characters.`,
    none: (all: number): string =>
      `That does not fit: a document has at most ${roundly(all)} characters. Nothing of it was put in.`,
  },

  refused: {
    'bad-message': 'The server could not read what this page sent.',
    'too-large': 'One of your edits is too large for the server.',
    'bad-document-id': 'This is not the address of a document.',
    'client-too-old': 'A new version of this page is ready.',
    'server-too-old': 'This server is older than this page and cannot talk to it yet.',
    'not-found': 'This document is no longer on the server.',
    'history-mismatch': 'This server has a different history of this document.',
    forbidden: 'The link you came by has been replaced. Ask for the new one; your text stays here.',
    'forged-author': 'The server did not accept who wrote your last edits.',
    'rate-limited': 'The server is busy.',
    'too-many-connections': 'Too many people are connected just now.',
    'not-stored': 'The server cannot write to its disk just now.',
    'document-too-large': 'This document has reached the size the server allows.',
    'shutting-down': 'The server is stopping.',
    damaged: 'The server’s copy of this document is damaged.',
    'out-of-reach': 'Another server may have this document, and cannot be reached just now.',
  },

  action: {
    copyText: 'Copy the text',
    reload: 'Reload',
    retry: 'Try again',
    create: 'Create it',
    newDocument: 'New document',
    close: 'Close',
    download: 'Download',
    keepMine: 'Keep mine as a new document',
  },

  share: {
    button: 'Share',
    copied: 'Copied',
    blocked: 'Copying is blocked here. Copy the link by hand:',
    heading: 'Share',
    links: {
      edit: {
        name: 'Link to edit',
        meaning: 'Whoever has it can read and write.',
        copy: 'Copy the link to edit',
        qr: 'QR code of the link to edit',
        renew: 'New link to edit',
        stops:
          'The old link to edit stops at once, for everybody who came by it. What is in their windows stays there. The link to read goes on.',
      },
      read: {
        name: 'Link to read',
        meaning: 'Whoever has it can read, and nothing else.',
        copy: 'Copy the link to read',
        qr: 'QR code of the link to read',
        renew: 'New link to read',
        stops: 'The old link to read stops at once, for everybody who came by it.',
      },
    },
    makeRead: 'Make a link to read',
    keep: 'Keep the old one',
    renewed: 'Done. Only the links shown here count now.',
    away: 'New links can be made while the page is connected.',
  },

  people: {
    button: (others: number): string =>
      others === 0 ? 'People: only you' : `People: you and ${number.format(others)} more`,
    heading: 'People',
    you: 'you',
    alone: 'Nobody else is here yet.',
    unnamed: 'Someone',
    /** The name someone has until they choose one: a mood and an animal, each a number from 0 to 11. */
    invented: (mood: number, animal: number): string => `${MOODS[mood]} ${ANIMALS[animal]}`,
    name: 'Your name',
    color: 'Your colour',
    hues: {
      rose: 'Rose',
      red: 'Red',
      amber: 'Amber',
      ochre: 'Ochre',
      olive: 'Olive',
      green: 'Green',
      jade: 'Jade',
      teal: 'Teal',
      blue: 'Blue',
      indigo: 'Indigo',
      violet: 'Violet',
      plum: 'Plum',
    },
    more: (n: number): string => `+${number.format(n)}`,
    idle: 'idle',
  },

  together: {
    goTo: (name: string): string => `Go to ${name}`,
    goToIdle: (name: string): string => `Go to ${name} (idle)`,
    follow: (name: string): string => `Follow ${name}`,
    followButton: 'Follow',
    following: (name: string): string => `Following ${name}`,
    escStops: 'Stop following (Esc)',
    stopped: (name: string): string => `No longer following ${name}.`,
    editing: {
      above: (name: string): string => `${name} is editing above`,
      below: (name: string): string => `${name} is editing below`,
    },
  },

  menu: {
    button: 'More',
    heading: 'Menu',
    language: 'Language of the page',
    languageOfDevice: (name: string): string => `As this device: ${name}`,
    theme: 'Theme',
    themes: { system: 'System', light: 'Light', dark: 'Dark' },
  },

  /** What stands on the keys, where it is not the sign itself. */
  keys: {
    Mod: 'Ctrl',
    Ctrl: 'Ctrl',
    Alt: 'Alt',
    Shift: 'Shift',
    Escape: 'Esc',
    Enter: 'Enter',
    Tab: 'Tab',
    ArrowUp: '↑',
    ArrowDown: '↓',
    ArrowLeft: '←',
    ArrowRight: '→',
  },

  groups: { document: 'Document', text: 'Text', view: 'View', people: 'People', help: 'Help' },

  /** What an action is called, in menus, in the palette and on the sheet of shortcuts. */
  actions: {
    toText: 'Back to the text',
    find: 'Find in the text',
    replace: 'Replace in the text',
    undo: 'Undo my last edit',
    redo: 'Redo',
    findNext: 'Find the next one',
    findPrevious: 'Find the one before',
    goToLine: 'Go to a line',
    selectNext: 'Select the next occurrence too',
    selectAll: 'Select all occurrences',
    caretAbove: 'Another caret on the line above',
    caretBelow: 'Another caret on the line below',
    lineUp: 'Move the line up',
    lineDown: 'Move the line down',
    copyLineDown: 'Copy the line below',
    deleteLine: 'Delete the line',
    comment: 'Make it a comment, or no longer',
    tabFocus: 'Let Tab leave the text, or indent again',
    save: 'Is everything saved?',
    reconnect: 'Connect again now',
    rename: 'Rename the document',
    print: 'Print',
    newDocument: 'New document',
    me: 'Your name and colour',
    theme: { system: 'Theme of the system', light: 'Light theme', dark: 'Dark theme' },
    share: 'Share the document',
    copyLink: 'Copy the link to this document',
    followNext: 'Follow the next person',
    stopFollowing: 'Stop following',
    goToEditing: 'Go to where somebody is editing',
    palette: 'All actions',
    shortcuts: 'Keyboard shortcuts',
  },

  palette: {
    heading: 'All actions',
    query: 'What do you want to do?',
    none: (query: string): string => `No action is called “${query}”.`,
    found: (n: number): string => `${number.format(n)} ${n === 1 ? 'action' : 'actions'}`,
  },

  shortcuts: {
    heading: 'Keyboard shortcuts',
    leaveText: 'In the text Tab indents. Press Esc and then Tab to leave it.',
  },

  status: {
    place: (line: number, column: number): string => `Ln ${number.format(line)}, Col ${number.format(column)}`,
    words,
    characters,
    connected: 'Connected',
    connecting: 'Connecting',
    disconnected: 'Not connected',
  },

  writing: {
    mode: 'How the text is shown',
    modes: { edit: 'Edit', split: 'Split', read: 'Read' },
    /** In place of editing, for who may only read. */
    source: 'Source',
    preview: 'Preview',
    divider: 'Width of the two sides',
    trouble: {
      'too-much': 'This text takes too long to render. The preview shows an earlier state.',
      'too-long': 'This text is long. The preview shows its beginning.',
    },
    outline: 'Outline',
    noOutline: 'No headings yet. A line that begins with # is one.',
    syntax: 'Language of the text',
    syntaxByTitle: (name: string): string => `${name} (auto)`,
    plain: 'Plain text',
    spaces: (n: number): string => `Spaces: ${number.format(n)}`,
    selected: (counts: string): string => `${counts} selected`,
    settings: {
      heading: 'How I write',
      fontSize: 'Size of the letters',
      tabSize: 'Spaces of a tab',
      wrap: 'Wrap long lines',
      spelling: 'Check the spelling',
      vim: 'Vim keys',
    },
    format: {
      bold: 'Bold',
      italic: 'Italic',
      code: 'Code',
      link: 'Link',
      numberedList: 'Numbered list',
      bulletList: 'List',
      taskList: 'List of tasks',
    },
    actions: {
      source: 'Source: the text as it is written',
      settings: 'How I write: letters, tabs, Vim',
      edit: 'Edit: the text alone',
      split: 'Split: the text and its preview',
      read: 'Read: the preview alone',
      outline: 'Outline',
    },
  },

  spoken: {
    joined: (name: string): string => `${name} is here.`,
    left: (name: string): string => `${name} has left.`,
  },

  library: {
    documentTitle: 'Documents · Manyhands',
    heading: 'Documents',
    link: 'All documents',
    search: 'Search titles and tags',
    clearSearch: 'Clear the search',
    order: 'Sort by',
    orders: { opened: 'Last opened', changed: 'Last changed', title: 'Title' },
    tags: 'Tags',
    everyTag: 'All',
    count: (n: number): string => `${number.format(n)} ${n === 1 ? 'document' : 'documents'}`,
    opened: (when: string): string => `Opened ${when}`,
    changed: (when: string): string => `Changed ${when}`,
    thrownAway: (when: string): string => `Thrown away ${when}`,
    keys: (mac: boolean): string =>
      `↑ ↓ choose · Enter opens · F2 renames · ${mac ? '⌫' : 'Delete'} throws away · / searches`,
    actions: (title: string): string => `Actions for ${title}`,
    rename: 'Rename',
    newTitle: 'New title',
    editTags: 'Tags…',
    tagsField: 'Tags, with commas between',
    copyLink: 'Copy the link',
    copied: 'The link is copied.',
    download: {
      md: 'Download as Markdown (.md)',
      txt: 'Download as text (.txt)',
      html: 'Download as web page (.html)',
    },
    downloadAll: 'Download all (.zip)',
    downloading: (done: number, all: number): string =>
      `Fetching the texts: ${number.format(done)} of ${number.format(all)}`,
    trash: 'Trash',
    trashed: (n: number): string => (n === 0 ? 'Trash' : `Trash (${number.format(n)})`),
    trashMeaning:
      'What is in the trash is off your list on this device, and nowhere else: whoever has its link still has it.',
    toTrash: 'Move to the trash',
    restore: 'Restore',
    forget: 'Remove from the list',
    emptyTrash: 'Empty the trash',
    didTrash: (title: string): string => `“${title}” is in the trash.`,
    didRestore: (title: string): string => `“${title}” is back among the documents.`,
    didForget: (title: string): string => `“${title}” is off the list. Its link still leads to it.`,
    didEmpty: (n: number): string =>
      n === 1
        ? '1 document is off the list. Its link still leads to it.'
        : `${number.format(n)} documents are off the list. Their links still lead to them.`,
    undo: 'Undo',
    import: 'Import files…',
    drop: 'Drop text files to make documents of them.',
    sending: (n: number): string =>
      `${number.format(n)} ${n === 1 ? 'document is' : 'documents are'} on the way to the server. Keep this page open.`,
    imported: (n: number): string => `${number.format(n)} ${n === 1 ? 'document' : 'documents'} imported.`,
    noText: {
      'too-large': (name: string, limit: number): string =>
        `“${name}” is longer than a document may be, ${characters(limit)}, and was left out.`,
      binary: (name: string): string => `“${name}” is not text and was left out.`,
      encoding: (name: string): string =>
        `“${name}” is not in UTF-8 and was left out. Save it as UTF-8 and drop it again.`,
      unreadable: (name: string): string => `“${name}” could not be read and was left out. Is it a folder?`,
    },
    notMade: (title: string, why: string): string => `“${title}” did not become a document. ${why}`,
    notRenamed: (title: string, why: string): string => `“${title}” keeps its title. ${why}`,
    notRead: (title: string, why: string): string => `“${title}” could not be fetched. ${why}`,
    noAnswer: 'No server answers.',
    empty: 'Nothing here yet.',
    emptyMeaning: 'Documents that you write in or open on this device gather here. You can drop text files, too.',
    nothingFound: (query: string): string => `Nothing matches “${query}”.`,
    nothingTagged: 'Nothing has this tag.',
    nothingInTrash: 'The trash is empty.',
    hindrance: {
      full: 'This device has no room left: documents you open from now on are not added to this list. Their texts are safe on the server; keep their links.',
      blocked:
        'This browser keeps nothing here, as in a private window: this list is gone when the page closes. The texts are safe on the server; keep their links.',
    },
  },

  noDocument: {
    heading: 'No document here yet.',
    unwritten:
      'Nobody has written under this address, its link was replaced by a new one, or it has lost a character on its way.',
    malformed: 'The link has lost a character on its way, or gained one.',
  },
  noLink: {
    heading: 'This link leads nowhere.',
    sentence: 'It was replaced by a new one, or has lost a character on its way. Ask whoever gave it to you.',
  },
  noPage: { heading: 'There is no such page.', sentence: 'But there is always room for a new document.' },
  crash: {
    heading: 'Something broke.',
    sentence: 'What the server called saved is safe. Reload to go on.',
    kept: 'Your text is safe on this device. Reload to go on.',
  },
}

export type Texts = typeof english
