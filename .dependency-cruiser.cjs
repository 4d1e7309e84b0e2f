/** The directions that docs/architecture.md describes, as rules: `npm run lint` refuses a step upward. */
const engines = '^src/(database|links|storage|i18n|calendar|documents|spreadsheets|mail|jobs)/';
const knowsExpress = '^src/(app[.]ts|deps[.]ts|web/|features/.*[.](routes|pages)[.]ts)';
const knowsTypeorm = '^(src/database/|ormconfig[.]ts|migrations/|src/features/.*[.](entity|repository)[.]ts)';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Modules that need each other at run time start in an order nobody chose.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere, or to a package that package.json does not name.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-development-packages',
      comment: 'Production is installed without them; the pictures of the styleguide need none either.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'engines-know-no-feature',
      comment:
        'What they need of a feature is handed to them. The demo data is written through the features.',
      severity: 'error',
      from: { path: engines, pathNot: '^src/database/demo/' },
      to: { path: '^src/(features|web)/' },
    },
    {
      name: 'express-at-the-edge',
      comment: 'Only web/, pages and routes know that there is HTTP.',
      severity: 'error',
      from: { path: '^src/', pathNot: knowsExpress },
      to: { path: 'node_modules/(express|express-session|multer|csrf-sync|helmet)/' },
    },
    {
      name: 'typeorm-below-services',
      comment:
        'Others take the transaction type from database/data-source.ts, and `import type` where they must.',
      severity: 'error',
      from: { path: '^src/', pathNot: knowsTypeorm },
      to: { path: 'node_modules/typeorm/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'pages-through-services',
      comment: 'A handler touches no table of another room: it asks the service there.',
      severity: 'error',
      from: { path: '^src/features/([^/]+)/.*[.](routes|pages)[.]ts' },
      to: { path: '[.]entity[.]ts$', pathNot: '^src/features/$1/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'services-know-no-pages',
      comment: 'routes → pages → schema, policy, service → repository → entity, never upward.',
      severity: 'error',
      from: { path: '^src/features/.*[.](service|policy|repository|entity|documents|jobs|mails)[.]ts' },
      to: { path: '[.](routes|pages)[.]ts$' },
    },
    {
      name: 'repositories-know-no-services',
      severity: 'error',
      from: { path: '^src/features/.*[.](repository|entity)[.]ts' },
      to: { path: '[.]service[.]ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'features-through-services',
      comment: 'Another room is entered by its service, policy, texts or types; its rows are its own.',
      severity: 'error',
      from: { path: '^src/features/([^/]+)/' },
      to: {
        path: '^src/features/[^/]+/.*[.](repository|pages|routes|schema)[.]ts$',
        pathNot: '^src/features/$1/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'client-stands-alone',
      comment: 'Behaviours run in the browser: nothing of the server reaches them.',
      severity: 'error',
      from: { path: '^src/client/' },
      // The reader of QR codes is bundled for the browser; it is the only one.
      to: { path: '^(src/(?!client/)|node_modules/(?!barcode-detector/))' },
    },
    {
      name: 'server-knows-no-client',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(client|commands)/' },
      to: { path: '^src/client/', pathNot: '^src/client/icons[.]ts$' },
    },
    {
      name: 'only-tests-know-tests',
      severity: 'error',
      from: { path: '^(src|migrations)/' },
      to: { path: '^(test|bench)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
      extensions: ['.ts', '.js', '.json', '.d.ts'],
    },
  },
};
