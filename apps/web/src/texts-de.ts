/** Every sentence the page says, in German. */
import type { Texts } from './texts-en.ts'

const number = new Intl.NumberFormat('de')
const time = new Intl.DateTimeFormat('de', { timeStyle: 'medium' })
const dayAndTime = new Intl.DateTimeFormat('de', { dateStyle: 'medium', timeStyle: 'medium' })
/** No more than there is. */
const compact = new Intl.NumberFormat('de', { notation: 'compact', compactDisplay: 'long' })
const roundly = (n: number): string => compact.format(Math.floor(n / 100_000) * 100_000)
const characters = (n: number): string => `${number.format(n)} Zeichen`
const words = (n: number): string => `${number.format(n)} ${n === 1 ? 'Wort' : 'Wörter'}`
/** „auf 2 von 3 Servern“: always in the dative. */
const servers = (n: number): string => `${number.format(n)} ${n === 1 ? 'Server' : 'Servern'}`

const MOODS = [
  'Still',
  'Mutig',
  'Achtsam',
  'Flink',
  'Neugierig',
  'Geduldig',
  'Heiter',
  'Klug',
  'Ruhig',
  'Eifrig',
  'Lieb',
  'Wendig',
]
const ANIMALS = [
  'er Otter',
  'er Reiher',
  'er Luchs',
  'er Zaunkönig',
  'er Dachs',
  'er Fuchs',
  'e Amsel',
  'er Hase',
  'e Eule',
  'er Seehund',
  'er Igel',
  'er Marder',
]

export const german: Texts = {
  documentTitle: (title) => `${title || 'Ohne Titel'} · Manyhands`,

  title: { label: 'Titel des Dokuments', placeholder: 'Ohne Titel' },

  editor: {
    label: 'Text des Dokuments',
    loading: 'Das Dokument wird geöffnet',
    hint: 'Schreib einfach los.',
    hintShare: 'Teile den Link, und andere schreiben mit.',
    hintKeys: (key) =>
      `${key('F1')} zeigt alles, was du tun kannst · ${key('Mod-f')} sucht · ${key('Mod-z')} nimmt deine Änderungen zurück`,
    matches: {
      none: 'Keine Treffer',
      count: (at, all, more) => {
        const many = `${number.format(all)}${more ? '+' : ''}`
        return at === null ? `${many} Treffer` : `${number.format(at)} von ${many}`
      },
    },
    phrases: {
      Find: 'Suchen',
      Replace: 'Ersetzen',
      next: 'weiter',
      previous: 'zurück',
      all: 'alle',
      'match case': 'Groß/klein',
      regexp: 'Regulärer Ausdruck',
      'by word': 'ganze Wörter',
      replace: 'ersetzen',
      'replace all': 'alle ersetzen',
      close: 'schließen',
      'current match': 'aktueller Treffer',
      'replaced $ matches': 'ersetzte Treffer: $',
      'replaced match on line $': 'Treffer in Zeile $ ersetzt',
      'Go to line': 'Gehe zu Zeile',
      go: 'los',
      'on line': 'in Zeile',
      'Control character': 'Steuerzeichen',
      'Selection deleted': 'Auswahl gelöscht',
    },
  },

  pill: {
    label: (text) => `${text}. Einzelheiten`,
    loading: 'Wird geöffnet …',
    ready: 'Bereit',
    saved: 'Gespeichert',
    saving: (n) => `Speichert ${characters(n)}`,
    slow: (n) => `${characters(n)} noch nicht auf dem Server`,
    offline: 'Offline',
    reconnecting: (seconds) => (seconds > 0 ? `Neue Verbindung in ${seconds} s` : 'Verbindet neu …'),
    readOnly: 'Nur lesen',
    waiting: {
      turn: 'Ausgelastet; deine Änderungen warten hier',
      disk: 'Noch nicht gespeichert',
      server: 'Nicht verbunden',
    },
    stopped: 'Nicht verbunden',
    now: 'Jetzt',
    count: (n) => number.format(n),
    seconds: (n) => `${n} s`,
  },

  details: {
    loading: 'Das Dokument ist unterwegs.',
    ready: 'Ein neues Dokument. Vom ersten Zeichen an wird es aufbewahrt.',
    saved: (replicas, all) =>
      all > 1
        ? `Alle deine Änderungen sind auf ${number.format(replicas)} von ${servers(all)}.`
        : 'Alle deine Änderungen sind auf der Festplatte des Servers.',
    savedOnOne: (all) =>
      `Alle deine Änderungen sind auf 1 von ${servers(all)}. Die anderen bekommen sie, sobald sie erreichbar sind.`,
    saving: 'Unterwegs zur Festplatte des Servers.',
    slow: 'Der Server antwortet langsam. Lass diese Seite offen; alles wird gesendet.',
    offline: 'Du kannst weiterschreiben; abgeglichen wird, sobald du wieder online bist.',
    reconnecting: 'Die Verbindung ist abgerissen. Du kannst weiterschreiben; abgeglichen wird später.',
    atRisk: (n) => `${characters(n)} ${n === 1 ? 'ist' : 'sind'} nur in diesem Fenster.`,
    readOnly:
      'Du darfst dieses Dokument lesen, aber nicht ändern. Wer dir diesen Link gab, kann dir den zum Bearbeiten geben.',
    nowReading: 'Du darfst jetzt nur noch lesen.',
    readOnlyUntil: 'Du kannst lesen, was davon übrig ist. Ändern lässt es sich wieder, wenn es vollständig ist.',
    waiting: 'Deine Änderungen warten hier und werden von selbst noch einmal gesendet.',
    triedAgain: 'Es wird von selbst noch einmal versucht.',
    hash: 'Stand',
    hashMeaning: 'Wer denselben Stand sieht, hat denselben Text.',
    storedAt: (at, today) =>
      today ? `Zuletzt gespeichert um ${time.format(at)}.` : `Zuletzt gespeichert am ${dayAndTime.format(at)}.`,
    agree: (n, all) =>
      all > 1
        ? `${number.format(n)} von ${number.format(all)} ${n === 1 ? 'stimmt' : 'stimmen'} überein.`
        : 'Der Server hat denselben.',
  },

  moved: 'Auf einen anderen Server gewechselt. Nichts ging verloren.',

  device: {
    kept: 'Eine Kopie liegt auf diesem Gerät.',
    atRisk: (n) => `${characters(n)} ${n === 1 ? 'ist' : 'sind'} nur auf diesem Gerät.`,
    trouble: {
      full: 'Dieses Gerät ist voll: Die Offline-Kopie wird nicht mehr ergänzt. Du kannst weiterschreiben, solange du verbunden bist.',
      blocked:
        'Dieser Browser speichert hier nichts, wie in einem privaten Fenster: Es gibt keine Offline-Kopie. Du kannst weiterschreiben.',
      damaged: 'Der Speicher dieses Browsers ist beschädigt: Es gibt keine Offline-Kopie. Du kannst weiterschreiben.',
      mended:
        'Die Offline-Kopie auf diesem Gerät war beschädigt. Sie wurde beiseitegelegt und durch eine neue ersetzt.',
    },
    newVersion: 'Eine neue Fassung liegt bereit.',
    keepsText: 'Dein Text bleibt.',
  },

  size: {
    scarce: (n, all) =>
      `Dieses Dokument ist fast so lang, wie eines sein kann: ${roundly(n)} von ${roundly(all)} Zeichen.`,
    none: (all) =>
      `Das passt nicht hinein: Ein Dokument hat höchstens ${roundly(all)} Zeichen. Nichts davon wurde eingefügt.`,
  },

  refused: {
    'bad-message': 'Der Server konnte nicht lesen, was diese Seite gesendet hat.',
    'too-large': 'Eine deiner Änderungen ist zu groß für den Server.',
    'bad-document-id': 'Das ist nicht die Adresse eines Dokuments.',
    'client-too-old': 'Eine neue Fassung dieser Seite liegt bereit.',
    'server-too-old': 'Dieser Server ist älter als diese Seite und versteht sie noch nicht.',
    'not-found': 'Dieses Dokument ist nicht mehr auf dem Server.',
    'history-mismatch': 'Dieser Server hat eine andere Geschichte dieses Dokuments.',
    forbidden: 'Der Link, über den du gekommen bist, wurde ersetzt. Bitte um den neuen; dein Text bleibt hier.',
    'forged-author': 'Der Server hat nicht anerkannt, von wem deine letzten Änderungen sind.',
    'rate-limited': 'Der Server ist ausgelastet.',
    'too-many-connections': 'Gerade sind zu viele Leute verbunden.',
    'not-stored': 'Der Server kann gerade nicht auf seine Festplatte schreiben.',
    'document-too-large': 'Dieses Dokument hat die Größe erreicht, die der Server erlaubt.',
    'shutting-down': 'Der Server hält gerade an.',
    damaged: 'Die Kopie dieses Dokuments auf dem Server ist beschädigt.',
    'out-of-reach': 'Ein anderer Server hat dieses Dokument vielleicht und ist gerade nicht erreichbar.',
  },

  action: {
    copyText: 'Text kopieren',
    reload: 'Neu laden',
    retry: 'Noch einmal versuchen',
    create: 'Anlegen',
    newDocument: 'Neues Dokument',
    close: 'Schließen',
    download: 'Herunterladen',
    keepMine: 'Meins als neues Dokument behalten',
  },

  share: {
    button: 'Teilen',
    copied: 'Kopiert',
    blocked: 'Kopieren ist hier gesperrt. Kopiere den Link von Hand:',
    heading: 'Teilen',
    links: {
      edit: {
        name: 'Link zum Bearbeiten',
        meaning: 'Wer ihn hat, kann lesen und schreiben.',
        copy: 'Link zum Bearbeiten kopieren',
        qr: 'QR-Code des Links zum Bearbeiten',
        renew: 'Neuer Link zum Bearbeiten',
        stops:
          'Der alte Link zum Bearbeiten gilt sofort nicht mehr, für alle, die über ihn gekommen sind. Was in ihren Fenstern steht, bleibt dort. Der Link zum Lesen gilt weiter.',
      },
      read: {
        name: 'Link zum Lesen',
        meaning: 'Wer ihn hat, kann lesen und sonst nichts.',
        copy: 'Link zum Lesen kopieren',
        qr: 'QR-Code des Links zum Lesen',
        renew: 'Neuer Link zum Lesen',
        stops: 'Der alte Link zum Lesen gilt sofort nicht mehr, für alle, die über ihn gekommen sind.',
      },
    },
    makeRead: 'Link zum Lesen erstellen',
    keep: 'Alten behalten',
    renewed: 'Fertig. Jetzt gelten nur noch die Links, die hier stehen.',
    away: 'Neue Links lassen sich erstellen, solange die Seite verbunden ist.',
  },

  people: {
    button: (others) => (others === 0 ? 'Leute: nur du' : `Leute: du und ${number.format(others)} weitere`),
    heading: 'Leute',
    you: 'du',
    alone: 'Sonst ist noch niemand hier.',
    unnamed: 'Jemand',
    invented: (mood, animal) => `${MOODS[mood]}${ANIMALS[animal]}`,
    name: 'Dein Name',
    color: 'Deine Farbe',
    hues: {
      rose: 'Rosa',
      red: 'Rot',
      amber: 'Bernstein',
      ochre: 'Ocker',
      olive: 'Oliv',
      green: 'Grün',
      jade: 'Jade',
      teal: 'Petrol',
      blue: 'Blau',
      indigo: 'Indigo',
      violet: 'Violett',
      plum: 'Pflaume',
    },
    more: (n) => `+${number.format(n)}`,
    idle: 'untätig',
  },

  together: {
    goTo: (name) => `Zu ${name} springen`,
    goToIdle: (name) => `Zu ${name} springen (untätig)`,
    follow: (name) => `${name} folgen`,
    followButton: 'Folgen',
    following: (name) => `Du folgst ${name}`,
    escStops: 'Nicht mehr folgen (Esc)',
    stopped: (name) => `Du folgst ${name} nicht mehr.`,
    editing: {
      above: (name) => `${name} schreibt weiter oben`,
      below: (name) => `${name} schreibt weiter unten`,
    },
  },

  menu: {
    button: 'Mehr',
    heading: 'Menü',
    language: 'Sprache der Seite',
    languageOfDevice: (name) => `Wie dieses Gerät: ${name}`,
    theme: 'Farbschema',
    themes: { system: 'System', light: 'Hell', dark: 'Dunkel' },
  },

  keys: {
    Mod: 'Strg',
    Ctrl: 'Strg',
    Alt: 'Alt',
    Shift: 'Umschalt',
    Escape: 'Esc',
    Enter: 'Eingabe',
    Tab: 'Tab',
    ArrowUp: '↑',
    ArrowDown: '↓',
    ArrowLeft: '←',
    ArrowRight: '→',
  },

  groups: { document: 'Dokument', text: 'Text', view: 'Ansicht', people: 'Leute', help: 'Hilfe' },

  actions: {
    toText: 'Zurück in den Text',
    find: 'Im Text suchen',
    replace: 'Im Text ersetzen',
    undo: 'Meine letzte Änderung zurücknehmen',
    redo: 'Wiederherstellen',
    findNext: 'Weitersuchen',
    findPrevious: 'Rückwärts weitersuchen',
    goToLine: 'Zu einer Zeile gehen',
    selectNext: 'Nächstes Vorkommen auch auswählen',
    selectAll: 'Alle Vorkommen auswählen',
    caretAbove: 'Noch eine Schreibmarke in der Zeile darüber',
    caretBelow: 'Noch eine Schreibmarke in der Zeile darunter',
    lineUp: 'Zeile nach oben schieben',
    lineDown: 'Zeile nach unten schieben',
    copyLineDown: 'Zeile nach unten kopieren',
    deleteLine: 'Zeile löschen',
    comment: 'Auskommentieren oder nicht mehr',
    tabFocus: 'Tab verlässt den Text oder rückt wieder ein',
    save: 'Ist alles gespeichert?',
    reconnect: 'Jetzt neu verbinden',
    rename: 'Dokument umbenennen',
    print: 'Drucken',
    newDocument: 'Neues Dokument',
    me: 'Dein Name und deine Farbe',
    theme: { system: 'Farbschema des Systems', light: 'Helles Farbschema', dark: 'Dunkles Farbschema' },
    share: 'Das Dokument teilen',
    copyLink: 'Den Link zum Dokument kopieren',
    followNext: 'Der nächsten Person folgen',
    stopFollowing: 'Nicht mehr folgen',
    goToEditing: 'Dorthin, wo gerade jemand schreibt',
    palette: 'Alle Aktionen',
    shortcuts: 'Tastenkürzel',
  },

  palette: {
    heading: 'Alle Aktionen',
    query: 'Was möchtest du tun?',
    none: (query) => `Keine Aktion heißt „${query}“.`,
    found: (n) => `${number.format(n)} ${n === 1 ? 'Aktion' : 'Aktionen'}`,
  },

  shortcuts: {
    heading: 'Tastenkürzel',
    leaveText: 'Im Text rückt Tab ein. Mit Esc und dann Tab verlässt du ihn.',
  },

  status: {
    place: (line, column) => `Z ${number.format(line)}, S ${number.format(column)}`,
    words,
    characters,
    connected: 'Verbunden',
    connecting: 'Verbindet',
    disconnected: 'Nicht verbunden',
  },

  writing: {
    mode: 'Wie der Text gezeigt wird',
    modes: { edit: 'Schreiben', split: 'Beides', read: 'Lesen' },
    source: 'Quelltext',
    preview: 'Vorschau',
    divider: 'Breite der beiden Seiten',
    trouble: {
      'too-much': 'Die Darstellung dieses Textes dauert zu lange. Die Vorschau zeigt einen früheren Stand.',
      'too-long': 'Dieser Text ist lang. Die Vorschau zeigt seinen Anfang.',
    },
    outline: 'Gliederung',
    noOutline: 'Noch keine Überschriften. Eine Zeile, die mit # beginnt, ist eine.',
    syntax: 'Sprache des Textes',
    syntaxByTitle: (name) => `${name} (auto)`,
    plain: 'Reiner Text',
    spaces: (n) => `Leerzeichen: ${number.format(n)}`,
    selected: (counts) => `${counts} ausgewählt`,
    settings: {
      heading: 'Wie ich schreibe',
      fontSize: 'Schriftgröße',
      tabSize: 'Leerzeichen je Tabulator',
      wrap: 'Lange Zeilen umbrechen',
      spelling: 'Rechtschreibung prüfen',
      vim: 'Vim-Tasten',
    },
    format: {
      bold: 'Fett',
      italic: 'Kursiv',
      code: 'Code',
      link: 'Link',
      numberedList: 'Nummerierte Liste',
      bulletList: 'Liste',
      taskList: 'Aufgabenliste',
    },
    actions: {
      source: 'Quelltext: der Text, wie er geschrieben ist',
      settings: 'Wie ich schreibe: Schrift, Vim',
      edit: 'Schreiben: nur der Text',
      split: 'Beides: der Text und seine Vorschau',
      read: 'Lesen: nur die Vorschau',
      outline: 'Gliederung',
    },
  },

  spoken: {
    joined: (name) => `${name} ist da.`,
    left: (name) => `${name} ist gegangen.`,
  },

  library: {
    documentTitle: 'Dokumente · Manyhands',
    heading: 'Dokumente',
    link: 'Alle Dokumente',
    search: 'Titel und Schlagwörter durchsuchen',
    clearSearch: 'Suche leeren',
    order: 'Sortieren nach',
    orders: { opened: 'Zuletzt geöffnet', changed: 'Zuletzt geändert', title: 'Titel' },
    tags: 'Schlagwörter',
    everyTag: 'Alle',
    count: (n) => `${number.format(n)} ${n === 1 ? 'Dokument' : 'Dokumente'}`,
    opened: (when) => `Geöffnet: ${when}`,
    changed: (when) => `Geändert: ${when}`,
    thrownAway: (when) => `Weggeworfen: ${when}`,
    keys: (mac) => `↑ ↓ wählt · Eingabe öffnet · F2 benennt um · ${mac ? '⌫' : 'Entf'} wirft weg · / sucht`,
    actions: (title) => `Aktionen für ${title}`,
    rename: 'Umbenennen',
    newTitle: 'Neuer Titel',
    editTags: 'Schlagwörter …',
    tagsField: 'Schlagwörter, durch Kommas getrennt',
    copyLink: 'Link kopieren',
    copied: 'Der Link ist kopiert.',
    download: {
      md: 'Als Markdown laden (.md)',
      txt: 'Als Text laden (.txt)',
      html: 'Als Webseite laden (.html)',
    },
    downloadAll: 'Alle herunterladen (.zip)',
    downloading: (done, all) => `Die Texte werden geholt: ${number.format(done)} von ${number.format(all)}`,
    trash: 'Papierkorb',
    trashed: (n) => (n === 0 ? 'Papierkorb' : `Papierkorb (${number.format(n)})`),
    trashMeaning:
      'Was im Papierkorb liegt, ist nur von deiner Liste auf diesem Gerät verschwunden: Wer den Link hat, hat das Dokument weiterhin.',
    toTrash: 'In den Papierkorb',
    restore: 'Wiederherstellen',
    forget: 'Von der Liste streichen',
    emptyTrash: 'Papierkorb leeren',
    didTrash: (title) => `„${title}“ liegt im Papierkorb.`,
    didRestore: (title) => `„${title}“ ist wieder bei den Dokumenten.`,
    didForget: (title) => `„${title}“ ist von der Liste gestrichen. Der Link führt weiterhin hin.`,
    didEmpty: (n) =>
      n === 1
        ? '1 Dokument ist von der Liste gestrichen. Sein Link führt weiterhin hin.'
        : `${number.format(n)} Dokumente sind von der Liste gestrichen. Ihre Links führen weiterhin hin.`,
    undo: 'Rückgängig',
    import: 'Dateien importieren …',
    drop: 'Lass Textdateien hier fallen, und sie werden Dokumente.',
    sending: (n) =>
      `${number.format(n)} ${n === 1 ? 'Dokument ist' : 'Dokumente sind'} unterwegs zum Server. Lass diese Seite offen.`,
    imported: (n) => `${number.format(n)} ${n === 1 ? 'Dokument' : 'Dokumente'} importiert.`,
    noText: {
      'too-large': (name, limit) =>
        `„${name}“ ist länger als die ${characters(limit)}, die ein Dokument haben darf, und blieb draußen.`,
      binary: (name) => `„${name}“ ist kein Text und blieb draußen.`,
      encoding: (name) =>
        `„${name}“ ist nicht in UTF-8 und blieb draußen. Speichere die Datei als UTF-8 und lass sie noch einmal fallen.`,
      unreadable: (name) => `„${name}“ ließ sich nicht lesen und blieb draußen. Ist es ein Ordner?`,
    },
    notMade: (title, why) => `Aus „${title}“ wurde kein Dokument. ${why}`,
    notRenamed: (title, why) => `„${title}“ behält seinen Titel. ${why}`,
    notRead: (title, why) => `„${title}“ ließ sich nicht holen. ${why}`,
    noAnswer: 'Kein Server antwortet.',
    empty: 'Hier ist noch nichts.',
    emptyMeaning:
      'Dokumente, in denen du schreibst oder die du auf diesem Gerät öffnest, sammeln sich hier. Du kannst auch Textdateien hier fallen lassen.',
    nothingFound: (query) => `Nichts passt zu „${query}“.`,
    nothingTagged: 'Nichts hat dieses Schlagwort.',
    nothingInTrash: 'Der Papierkorb ist leer.',
    hindrance: {
      full: 'Auf diesem Gerät ist kein Platz mehr: Dokumente, die du ab jetzt öffnest, kommen nicht auf diese Liste. Ihre Texte sind auf dem Server sicher; heb ihre Links auf.',
      blocked:
        'Dieser Browser behält hier nichts, wie in einem privaten Fenster: Diese Liste ist weg, wenn die Seite geschlossen wird. Die Texte sind auf dem Server sicher; heb ihre Links auf.',
    },
  },

  noDocument: {
    heading: 'Hier ist noch kein Dokument.',
    unwritten:
      'Unter dieser Adresse hat noch niemand geschrieben, der Link wurde durch einen neuen ersetzt, oder er hat unterwegs ein Zeichen verloren.',
    malformed: 'Der Link hat unterwegs ein Zeichen verloren oder eines dazubekommen.',
  },
  noLink: {
    heading: 'Dieser Link führt nirgendwohin.',
    sentence:
      'Er wurde durch einen neuen ersetzt oder hat unterwegs ein Zeichen verloren. Frag, wer ihn dir gegeben hat.',
  },
  noPage: { heading: 'Diese Seite gibt es nicht.', sentence: 'Aber für ein neues Dokument ist immer Platz.' },
  crash: {
    heading: 'Etwas ist kaputtgegangen.',
    sentence: 'Was der Server als gespeichert gemeldet hat, ist sicher. Lade neu, um weiterzumachen.',
    kept: 'Dein Text ist auf diesem Gerät sicher. Lade neu, um weiterzumachen.',
  },
}
