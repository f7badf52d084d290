/** Every sentence the page says, in French. */
import type { Texts } from './texts-en.ts'

const number = new Intl.NumberFormat('fr')
const time = new Intl.DateTimeFormat('fr', { timeStyle: 'medium' })
const dayAndTime = new Intl.DateTimeFormat('fr', { dateStyle: 'medium', timeStyle: 'medium' })
/** No more than there is. */
const compact = new Intl.NumberFormat('fr', { notation: 'compact', compactDisplay: 'long' })
const roundly = (n: number): string => compact.format(Math.floor(n / 100_000) * 100_000)
// In French, zero and one are both singular.
const characters = (n: number): string => `${number.format(n)} ${n < 2 ? 'caractère' : 'caractères'}`
const words = (n: number): string => `${number.format(n)} ${n < 2 ? 'mot' : 'mots'}`
const servers = (n: number): string => `${number.format(n)} ${n < 2 ? 'serveur' : 'serveurs'}`

// Adjectives of one form for both genders.
const MOODS = [
  'tranquille',
  'brave',
  'noble',
  'rapide',
  'intrépide',
  'sage',
  'espiègle',
  'habile',
  'calme',
  'drôle',
  'aimable',
  'modeste',
]
const ANIMALS = [
  'Loutre',
  'Héron',
  'Écureuil',
  'Mésange',
  'Blaireau',
  'Renard',
  'Faucon',
  'Otarie',
  'Chouette',
  'Phoque',
  'Tortue',
  'Sarcelle',
]

export const french: Texts = {
  documentTitle: (title) => `${title || 'Sans titre'} · Manyhands`,

  title: { label: 'Titre du document', placeholder: 'Sans titre' },

  editor: {
    label: 'Texte du document',
    loading: 'Ouverture du document',
    hint: 'Commencez à écrire.',
    hintShare: 'Partagez le lien, et d’autres écriront avec vous.',
    hintKeys: (key) =>
      `${key('F1')} montre tout ce que vous pouvez faire · ${key('Mod-f')} cherche · ${key('Mod-z')} annule vos modifications`,
    matches: {
      none: 'Aucun résultat',
      count: (at, all, more) => {
        const many = `${number.format(all)}${more ? '+' : ''}`
        return at === null ? `${many} ${all === 1 ? 'résultat' : 'résultats'}` : `${number.format(at)} sur ${many}`
      },
    },
    phrases: {
      Find: 'Rechercher',
      Replace: 'Remplacer',
      next: 'suivant',
      previous: 'précédent',
      all: 'tout',
      'match case': 'respecter la casse',
      regexp: 'expression régulière',
      'by word': 'mots entiers',
      replace: 'remplacer',
      'replace all': 'tout remplacer',
      close: 'fermer',
      'current match': 'résultat actuel',
      'replaced $ matches': 'résultats remplacés : $',
      'replaced match on line $': 'résultat remplacé à la ligne $',
      'Go to line': 'Aller à la ligne',
      go: 'aller',
      'on line': 'à la ligne',
      'Control character': 'Caractère de contrôle',
      'Selection deleted': 'Sélection supprimée',
    },
  },

  pill: {
    label: (text) => `${text}. Détails`,
    loading: 'Ouverture…',
    ready: 'Prêt',
    saved: 'Enregistré',
    saving: (n) => `Enregistre ${characters(n)}`,
    slow: (n) => `${characters(n)} pas encore sur le serveur`,
    offline: 'Hors ligne',
    reconnecting: (seconds) => (seconds > 0 ? `Reconnexion dans ${seconds} s` : 'Reconnexion…'),
    readOnly: 'Lecture seule',
    waiting: {
      turn: 'Serveur occupé ; vos modifications attendent ici',
      disk: 'Pas encore enregistré',
      server: 'Non connecté',
    },
    stopped: 'Non connecté',
    now: 'Maintenant',
    count: (n) => number.format(n),
    seconds: (n) => `${n} s`,
  },

  details: {
    loading: 'Le document arrive.',
    ready: 'Un nouveau document. Il est conservé dès votre premier caractère.',
    saved: (replicas, all) =>
      all > 1
        ? `Toutes vos modifications sont sur ${number.format(replicas)} des ${servers(all)}.`
        : 'Toutes vos modifications sont sur le disque du serveur.',
    savedOnOne: (all) =>
      `Toutes vos modifications sont sur 1 des ${servers(all)}. Les autres les recevront dès qu’ils seront joignables.`,
    saving: 'En route vers le disque du serveur.',
    slow: 'Le serveur tarde à répondre. Gardez cette page ouverte ; tout sera envoyé.',
    offline: 'Vous pouvez continuer à écrire ; tout sera synchronisé quand vous serez de nouveau en ligne.',
    reconnecting: 'La connexion est perdue. Vous pouvez continuer à écrire ; tout sera synchronisé.',
    atRisk: (n) => `${characters(n)} ${n < 2 ? 'n’existe' : 'n’existent'} que dans cette fenêtre.`,
    readOnly:
      'Vous pouvez lire ce document, pas le modifier. Qui vous a donné ce lien peut vous donner celui pour écrire.',
    nowReading: 'Vous ne pouvez plus que lire.',
    readOnlyUntil: 'Vous pouvez lire ce qu’il en reste. Il redeviendra modifiable quand il sera complet.',
    waiting: 'Vos modifications attendent ici et sont renvoyées d’elles-mêmes.',
    triedAgain: 'Un nouvel essai est fait de lui-même.',
    hash: 'État',
    hashMeaning: 'Qui voit le même état a le même texte.',
    storedAt: (at, today) =>
      today ? `Dernier enregistrement à ${time.format(at)}.` : `Dernier enregistrement le ${dayAndTime.format(at)}.`,
    agree: (n, all) =>
      all > 1
        ? `${number.format(n)} sur ${number.format(all)} ${n === 1 ? 'concorde' : 'concordent'}.`
        : 'Le serveur a le même.',
  },

  moved: 'Passage à un autre serveur. Rien n’a été perdu.',

  device: {
    kept: 'Une copie est gardée sur cet appareil.',
    atRisk: (n) => `${characters(n)} ${n < 2 ? 'n’existe' : 'n’existent'} que sur cet appareil.`,
    trouble: {
      full: 'Cet appareil est plein : la copie hors ligne n’est plus tenue à jour. Vous pouvez continuer à écrire tant que vous êtes connecté.',
      blocked:
        'Ce navigateur ne garde rien ici, comme dans une fenêtre privée : il n’y a pas de copie hors ligne. Vous pouvez continuer à écrire.',
      damaged:
        'Le stockage de ce navigateur est endommagé : il n’y a pas de copie hors ligne. Vous pouvez continuer à écrire.',
      mended:
        'La copie hors ligne de cet appareil était endommagée. Elle a été mise de côté et remplacée par une nouvelle.',
    },
    newVersion: 'Une nouvelle version est prête.',
    keepsText: 'Votre texte reste.',
  },

  size: {
    scarce: (n, all) =>
      `Ce document est presque aussi long que possible : ${roundly(n)} de caractères sur ${roundly(all)}.`,
    none: (all) => `Cela ne tient pas : un document a au plus ${roundly(all)} de caractères. Rien n’en a été inséré.`,
  },

  refused: {
    'bad-message': 'Le serveur n’a pas pu lire ce que cette page a envoyé.',
    'too-large': 'L’une de vos modifications est trop grande pour le serveur.',
    'bad-document-id': 'Ce n’est pas l’adresse d’un document.',
    'client-too-old': 'Une nouvelle version de cette page est prête.',
    'server-too-old': 'Ce serveur est plus ancien que cette page et ne la comprend pas encore.',
    'not-found': 'Ce document n’est plus sur le serveur.',
    'history-mismatch': 'Ce serveur a un autre historique de ce document.',
    forbidden: 'Le lien par lequel vous êtes venu a été remplacé. Demandez le nouveau ; votre texte reste ici.',
    'forged-author': 'Le serveur n’a pas accepté l’auteur de vos dernières modifications.',
    'rate-limited': 'Le serveur est occupé.',
    'too-many-connections': 'Trop de personnes sont connectées en ce moment.',
    'not-stored': 'Le serveur ne peut pas écrire sur son disque en ce moment.',
    'document-too-large': 'Ce document a atteint la taille que le serveur permet.',
    'shutting-down': 'Le serveur est en train de s’arrêter.',
    damaged: 'La copie de ce document sur le serveur est endommagée.',
    'out-of-reach': 'Un autre serveur a peut-être ce document, mais il est injoignable pour l’instant.',
  },

  action: {
    copyText: 'Copier le texte',
    reload: 'Recharger',
    retry: 'Réessayer',
    create: 'Le créer',
    newDocument: 'Nouveau document',
    close: 'Fermer',
    download: 'Télécharger',
    keepMine: 'Garder le mien comme nouveau document',
  },

  share: {
    button: 'Partager',
    copied: 'Copié',
    blocked: 'La copie est bloquée ici. Copiez le lien à la main :',
    heading: 'Partager',
    links: {
      edit: {
        name: 'Lien pour modifier',
        meaning: 'Qui l’a peut lire et écrire.',
        copy: 'Copier le lien pour modifier',
        qr: 'Code QR du lien pour modifier',
        renew: 'Nouveau lien pour modifier',
        stops:
          'L’ancien lien pour modifier ne vaut plus rien, tout de suite, pour tous ceux qui sont venus par lui. Ce qui est dans leurs fenêtres y reste. Le lien pour lire reste valable.',
      },
      read: {
        name: 'Lien pour lire',
        meaning: 'Qui l’a peut lire, et rien d’autre.',
        copy: 'Copier le lien pour lire',
        qr: 'Code QR du lien pour lire',
        renew: 'Nouveau lien pour lire',
        stops: 'L’ancien lien pour lire ne vaut plus rien, tout de suite, pour tous ceux qui sont venus par lui.',
      },
    },
    makeRead: 'Créer un lien pour lire',
    keep: 'Garder l’ancien',
    renewed: 'C’est fait. Seuls les liens affichés ici sont encore valables.',
    away: 'On peut créer de nouveaux liens tant que la page est connectée.',
  },

  people: {
    button: (others) =>
      others === 0
        ? 'Personnes : vous seulement'
        : `Personnes : vous et ${number.format(others)} ${others < 2 ? 'autre' : 'autres'}`,
    heading: 'Personnes',
    you: 'vous',
    alone: 'Personne d’autre n’est encore là.',
    unnamed: 'Quelqu’un',
    invented: (mood, animal) => `${ANIMALS[animal]} ${MOODS[mood]}`,
    name: 'Votre nom',
    color: 'Votre couleur',
    hues: {
      rose: 'Rose',
      red: 'Rouge',
      amber: 'Ambre',
      ochre: 'Ocre',
      olive: 'Olive',
      green: 'Vert',
      jade: 'Jade',
      teal: 'Canard',
      blue: 'Bleu',
      indigo: 'Indigo',
      violet: 'Violet',
      plum: 'Prune',
    },
    more: (n) => `+${number.format(n)}`,
    idle: 'inactif',
  },

  together: {
    goTo: (name) => `Aller à ${name}`,
    goToIdle: (name) => `Aller à ${name} (inactif)`,
    follow: (name) => `Suivre ${name}`,
    followButton: 'Suivre',
    following: (name) => `Vous suivez ${name}`,
    escStops: 'Ne plus suivre (Échap)',
    stopped: (name) => `Vous ne suivez plus ${name}.`,
    editing: {
      above: (name) => `${name} écrit plus haut`,
      below: (name) => `${name} écrit plus bas`,
    },
  },

  menu: {
    button: 'Plus',
    heading: 'Menu',
    language: 'Langue de la page',
    languageOfDevice: (name) => `Celle de l’appareil : ${name}`,
    theme: 'Thème',
    themes: { system: 'Système', light: 'Clair', dark: 'Sombre' },
  },

  keys: {
    Mod: 'Ctrl',
    Ctrl: 'Ctrl',
    Alt: 'Alt',
    Shift: 'Maj',
    Escape: 'Échap',
    Enter: 'Entrée',
    Tab: 'Tab',
    ArrowUp: '↑',
    ArrowDown: '↓',
    ArrowLeft: '←',
    ArrowRight: '→',
  },

  groups: { document: 'Document', text: 'Texte', view: 'Affichage', people: 'Personnes', help: 'Aide' },

  actions: {
    toText: 'Revenir au texte',
    find: 'Rechercher dans le texte',
    replace: 'Remplacer dans le texte',
    undo: 'Annuler ma dernière modification',
    redo: 'Rétablir',
    findNext: 'Chercher le suivant',
    findPrevious: 'Chercher le précédent',
    goToLine: 'Aller à une ligne',
    selectNext: 'Sélectionner aussi l’occurrence suivante',
    selectAll: 'Sélectionner toutes les occurrences',
    caretAbove: 'Un autre curseur sur la ligne du dessus',
    caretBelow: 'Un autre curseur sur la ligne du dessous',
    lineUp: 'Monter la ligne',
    lineDown: 'Descendre la ligne',
    copyLineDown: 'Copier la ligne en dessous',
    deleteLine: 'Supprimer la ligne',
    comment: 'Mettre en commentaire, ou l’inverse',
    tabFocus: 'Tab quitte le texte, ou indente à nouveau',
    save: 'Tout est-il enregistré ?',
    reconnect: 'Se reconnecter maintenant',
    rename: 'Renommer le document',
    print: 'Imprimer',
    newDocument: 'Nouveau document',
    me: 'Votre nom et votre couleur',
    theme: { system: 'Thème du système', light: 'Thème clair', dark: 'Thème sombre' },
    share: 'Partager le document',
    copyLink: 'Copier le lien du document',
    followNext: 'Suivre la personne suivante',
    stopFollowing: 'Ne plus suivre',
    goToEditing: 'Aller là où quelqu’un écrit',
    palette: 'Toutes les actions',
    shortcuts: 'Raccourcis clavier',
  },

  palette: {
    heading: 'Toutes les actions',
    query: 'Que voulez-vous faire ?',
    none: (query) => `Aucune action ne s’appelle « ${query} ».`,
    found: (n) => `${number.format(n)} ${n < 2 ? 'action' : 'actions'}`,
  },

  shortcuts: {
    heading: 'Raccourcis clavier',
    leaveText: 'Dans le texte, Tab indente. Échap puis Tab permet d’en sortir.',
  },

  status: {
    place: (line, column) => `Li ${number.format(line)}, Col ${number.format(column)}`,
    words,
    characters,
    connected: 'Connecté',
    connecting: 'Connexion',
    disconnected: 'Non connecté',
  },

  writing: {
    mode: 'Affichage du texte',
    modes: { edit: 'Écrire', split: 'Les deux', read: 'Lire' },
    source: 'Source',
    preview: 'Aperçu',
    divider: 'Largeur des deux côtés',
    trouble: {
      'too-much': 'Ce texte est trop long à mettre en forme. L’aperçu en montre un état antérieur.',
      'too-long': 'Ce texte est long. L’aperçu en montre le début.',
    },
    outline: 'Plan',
    noOutline: 'Pas encore de titres. Une ligne qui commence par # en est un.',
    syntax: 'Langage du texte',
    syntaxByTitle: (name) => `${name} (auto)`,
    plain: 'Texte brut',
    spaces: (n) => `Espaces : ${number.format(n)}`,
    selected: (counts) => `Sélection : ${counts}`,
    settings: {
      heading: 'Ma façon d’écrire',
      fontSize: 'Taille des lettres',
      tabSize: 'Espaces par tabulation',
      wrap: 'Couper les longues lignes',
      spelling: 'Vérifier l’orthographe',
      vim: 'Touches de Vim',
    },
    format: {
      bold: 'Gras',
      italic: 'Italique',
      code: 'Code',
      link: 'Lien',
      numberedList: 'Liste numérotée',
      bulletList: 'Liste',
      taskList: 'Liste de tâches',
    },
    actions: {
      source: 'Source : le texte tel qu’il est écrit',
      settings: 'Ma façon d’écrire : lettres, Vim',
      edit: 'Écrire : le texte seul',
      split: 'Les deux : le texte et son aperçu',
      read: 'Lire : l’aperçu seul',
      outline: 'Plan',
    },
  },

  spoken: {
    joined: (name) => `${name} est là.`,
    left: (name) => `${name} n’est plus là.`,
  },

  library: {
    documentTitle: 'Documents · Manyhands',
    heading: 'Documents',
    link: 'Tous les documents',
    search: 'Rechercher dans les titres et les étiquettes',
    clearSearch: 'Effacer la recherche',
    order: 'Trier par',
    orders: { opened: 'Dernière ouverture', changed: 'Dernière modification', title: 'Titre' },
    tags: 'Étiquettes',
    everyTag: 'Tous',
    count: (n) => `${number.format(n)} ${n < 2 ? 'document' : 'documents'}`,
    opened: (when) => `Ouvert ${when}`,
    changed: (when) => `Modifié ${when}`,
    thrownAway: (when) => `Jeté ${when}`,
    keys: (mac) => `↑ ↓ choisit · Entrée ouvre · F2 renomme · ${mac ? '⌫' : 'Suppr'} met à la corbeille · / recherche`,
    actions: (title) => `Actions pour ${title}`,
    rename: 'Renommer',
    newTitle: 'Nouveau titre',
    editTags: 'Étiquettes…',
    tagsField: 'Étiquettes, séparées par des virgules',
    copyLink: 'Copier le lien',
    copied: 'Le lien est copié.',
    download: {
      md: 'Télécharger en Markdown (.md)',
      txt: 'Télécharger en texte (.txt)',
      html: 'Télécharger en page web (.html)',
    },
    downloadAll: 'Tout télécharger (.zip)',
    downloading: (done, all) => `Récupération des textes : ${number.format(done)} sur ${number.format(all)}`,
    trash: 'Corbeille',
    trashed: (n) => (n === 0 ? 'Corbeille' : `Corbeille (${number.format(n)})`),
    trashMeaning:
      'Ce qui est dans la corbeille n’a quitté que votre liste sur cet appareil : qui a le lien a toujours le document.',
    toTrash: 'Mettre à la corbeille',
    restore: 'Restaurer',
    forget: 'Retirer de la liste',
    emptyTrash: 'Vider la corbeille',
    didTrash: (title) => `« ${title} » est dans la corbeille.`,
    didRestore: (title) => `« ${title} » est de retour parmi les documents.`,
    didForget: (title) => `« ${title} » est retiré de la liste. Son lien y mène toujours.`,
    didEmpty: (n) =>
      n < 2
        ? `${number.format(n)} document est retiré de la liste. Son lien y mène toujours.`
        : `${number.format(n)} documents sont retirés de la liste. Leurs liens y mènent toujours.`,
    undo: 'Annuler',
    import: 'Importer des fichiers…',
    drop: 'Déposez des fichiers texte pour en faire des documents.',
    sending: (n) =>
      `${number.format(n)} ${n < 2 ? 'document est' : 'documents sont'} en route vers le serveur. Gardez cette page ouverte.`,
    imported: (n) => `${number.format(n)} ${n < 2 ? 'document importé' : 'documents importés'}.`,
    noText: {
      'too-large': (name, limit) =>
        `« ${name} » dépasse les ${characters(limit)} qu’un document peut contenir et a été laissé de côté.`,
      binary: (name) => `« ${name} » n’est pas du texte et a été laissé de côté.`,
      encoding: (name) =>
        `« ${name} » n’est pas en UTF-8 et a été laissé de côté. Enregistrez-le en UTF-8 et déposez-le de nouveau.`,
      unreadable: (name) => `« ${name} » n’a pas pu être lu et a été laissé de côté. Est-ce un dossier ?`,
    },
    notMade: (title, why) => `« ${title} » n’est pas devenu un document. ${why}`,
    notRenamed: (title, why) => `« ${title} » garde son titre. ${why}`,
    notRead: (title, why) => `« ${title} » n’a pas pu être récupéré. ${why}`,
    noAnswer: 'Aucun serveur ne répond.',
    empty: 'Rien ici pour l’instant.',
    emptyMeaning:
      'Les documents où vous écrivez ou que vous ouvrez sur cet appareil se rassemblent ici. Vous pouvez aussi y déposer des fichiers texte.',
    nothingFound: (query) => `Rien ne correspond à « ${query} ».`,
    nothingTagged: 'Rien ne porte cette étiquette.',
    nothingInTrash: 'La corbeille est vide.',
    hindrance: {
      full: 'Cet appareil n’a plus de place : les documents que vous ouvrirez désormais ne s’ajouteront pas à cette liste. Leurs textes sont en sûreté sur le serveur ; gardez leurs liens.',
      blocked:
        'Ce navigateur ne garde rien ici, comme dans une fenêtre privée : cette liste disparaît quand la page se ferme. Les textes sont en sûreté sur le serveur ; gardez leurs liens.',
    },
  },

  noDocument: {
    heading: 'Pas encore de document ici.',
    unwritten:
      'Personne n’a écrit à cette adresse, le lien a été remplacé par un nouveau, ou il a perdu un caractère en chemin.',
    malformed: 'Le lien a perdu un caractère en chemin, ou en a gagné un.',
  },
  noLink: {
    heading: 'Ce lien ne mène nulle part.',
    sentence: 'Il a été remplacé par un nouveau, ou a perdu un caractère en chemin. Demandez à qui vous l’a donné.',
  },
  noPage: {
    heading: 'Cette page n’existe pas.',
    sentence: 'Mais il y a toujours de la place pour un nouveau document.',
  },
  crash: {
    heading: 'Quelque chose s’est cassé.',
    sentence: 'Ce que le serveur a dit enregistré est en sûreté. Rechargez pour continuer.',
    kept: 'Votre texte est en sûreté sur cet appareil. Rechargez pour continuer.',
  },
}
