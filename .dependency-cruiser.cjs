// The layers of this repository, bottom to top: a package may import itself and what is named on its line.
const src = (name) => `^packages/${name}/src/`
const door = (name) => `^packages/${name}/src/index\\.ts$`
const crdt = '^packages/crdt/src/(index|bytes)\\.ts$'
const npm = (name) => `node_modules/${name}/`
// A contract is the suite of tests that every implementation of an interface passes; it stands beside the interface.
const tests = '(\\.test|/contract)\\.tsx?$'
const server = (folder) => `^apps/server/src/${folder}`
const storages = { path: server('storage/'), pathNot: server('storage/storage\\.ts$') }

const layer = (name, ...allowed) => ({
  name: `${name}-imports-only-what-is-below-it`,
  severity: 'error',
  from: { path: src(name), pathNot: tests },
  to: { pathNot: [src(name), ...allowed] },
})
const never = (name, from, to) => ({ name, severity: 'error', from, to })
const only = (name, home, others, what) => never(name, { path: others, pathNot: [home, tests] }, { path: what })

module.exports = {
  forbidden: [
    layer('crdt'),
    layer('protocol', crdt, npm('fflate')),
    layer('client', crdt, door('protocol'), npm('socket\\.io-client'), npm('idb')),
    layer('codemirror', crdt, npm('@codemirror/[^/]+')),
    never(
      'testkit-imports-packages-only',
      { path: src('testkit') },
      { path: '^(packages/codemirror|apps|e2e)/|node_modules/(express|socket\\.io|libsql|react)/' },
    ),
    only(
      'one-file-knows-socket-io-client',
      `${src('client')}socket-io\\.ts$`,
      src('client'),
      npm('socket\\.io-client'),
    ),
    only('one-file-knows-idb', `${src('client')}indexed-db\\.ts$`, src('client'), npm('idb')),

    never(
      'the-server-needs-the-document-and-the-protocol',
      { path: server(''), pathNot: tests },
      {
        path: '^packages/',
        pathNot: [crdt, door('protocol')],
      },
    ),
    never(
      'rooms-know-neither-sockets-nor-replication',
      { path: server('rooms/'), pathNot: tests },
      {
        path: server('(sockets|replication|http)/'),
      },
    ),
    never(
      'replication-knows-no-sockets',
      { path: server('replication/'), pathNot: tests },
      {
        path: [server('(sockets|http)/'), npm('socket\\.io[^/]*')],
      },
    ),
    never('rooms-know-storage-by-its-interface', { path: server('rooms/'), pathNot: tests }, storages),
    never(
      'rooms-know-no-library',
      { path: server('rooms/'), pathNot: tests },
      {
        path: 'node_modules/(express|helmet|socket\\.io|libsql)/',
      },
    ),
    never(
      'storage-is-chosen-in-main',
      { path: server(''), pathNot: [server('((main|accept-loss)\\.ts$|storage/)'), tests] },
      storages,
    ),
    only('only-storage-knows-the-driver', server('storage/'), server(''), npm('libsql')),
    only('only-sockets-knows-socket-io', server('(sockets/|server\\.ts$)'), server(''), npm('socket\\.io[^/]*')),
    only('only-http-knows-express', server('(http/|server\\.ts$)'), server(''), npm('express')),
    never('main-is-not-imported', {}, { path: server('(main|accept-loss)\\.ts$') }),
    never(
      'the-composition-is-imported-by-main',
      { path: server(''), pathNot: [server('main\\.ts$'), tests] },
      {
        path: server('server\\.ts$'),
      },
    ),

    never('the-page-shows-and-does-not-sync', { path: '^apps/web/src/' }, { path: npm('socket\\.io[^/]*') }),
    never('apps-do-not-know-each-other', { path: '^apps/([^/]+)/' }, { path: '^apps/([^/]+)/', pathNot: '^apps/$1/' }),
    never('the-end-to-end-suite-stays-outside', { path: '^e2e/' }, { path: '^apps/' }),
    never('nobody-imports-the-end-to-end-suite', { pathNot: '^e2e/' }, { path: '^e2e/' }),

    never(
      'testkit-is-for-tests',
      { path: '^(packages|apps)/[^/]+/src/', pathNot: [src('testkit'), tests] },
      {
        path: src('testkit'),
      },
    ),
    never(
      'through-the-front-door',
      { path: '^(packages|apps|e2e)/([^/]+)/' },
      {
        path: '^packages/([^/]+)/src/',
        pathNot: ['^$1/$2/', door('[^/]+'), crdt],
      },
    ),
    never(
      'what-runs-is-a-dependency',
      { path: '^(packages/[^/]+|apps/server)/src/', pathNot: tests },
      {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only'],
      },
    ),
    never('every-import-resolves', {}, { couldNotResolve: true }),
    never('no-cycles', {}, { circular: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(packages|apps)/[^/]+/dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'default'],
      extensions: ['.ts', '.tsx', '.js'],
    },
  },
}
