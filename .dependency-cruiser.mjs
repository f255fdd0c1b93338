// Who may import whom. Each rule says why it is there.
const only = (name, comment, from, allowed) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: '\\.(test|suite)\\.ts$' },
  to: { pathNot: allowed, dependencyTypesNot: [] },
});

export default {
  forbidden: [
    only('domain-is-pure', 'The state machine knows no HTTP, no IO and no library.', '^domain/', [
      '^domain/',
      '^spec/vocabulary\\.ts$',
    ]),
    only('words-need-nothing', 'Whoever speaks of a rule loads no judge.', '^spec/vocabulary', [
      '^spec/vocabulary\\.gen\\.ts$',
    ]),
    only(
      'sandbox-is-built-on-domain',
      'A world is state and rules; how it is reached is not its business.',
      '^mock-server/sandbox/',
      ['^(mock-server/sandbox|domain)/', '^spec/(escape-html|finding|vocabulary)\\.ts$'],
    ),
    only(
      'settings-know-no-product',
      'How a flag, a variable and a duration are written is the same for every command.',
      '^settings/',
      ['^settings/', '^node_modules/commander/'],
    ),
    only(
      'stores-know-no-rule',
      'What keeps events need not know what they mean; so no two stores can disagree.',
      '^mock-server/stores/',
      ['^mock-server/stores/', '^node_modules/', '^node:', '^[a-z_/]+$'],
    ),
    only('web-knows-no-invitations', 'The HTTP kit could serve any API.', '^mock-server/web/', [
      '^mock-server/web/',
      '^spec/(finding|exchange|vocabulary)\\.ts$',
      '^node_modules/',
      '^node:',
      '^[a-z_/]+$',
    ]),
    only(
      'client-talks-http',
      'What steers a fake in this process steers one that runs elsewhere.',
      '^mock-server/client/',
      [
        '^mock-server/client/',
        '^mock-server/admin/testers-api\\.gen\\.ts$',
        '^node_modules/openapi-fetch/',
        '^(node:)?crypto$',
      ],
    ),
    only(
      'console-is-a-client',
      'The console knows of the server what any client can know: the words of its spec.',
      '^mock-server/console/',
      [
        '^mock-server/console/',
        '^mock-server/admin/testers-api\\.gen\\.ts$',
        '^spec/quote\\.ts$',
        '^node_modules/openapi-fetch/',
        '^node_modules/vite/',
        '^(node:)?url$',
      ],
    ),
    {
      name: 'requests-load-nothing',
      comment:
        'What fails to load in the middle of a request, for want of a file descriptor, stays failed.',
      severity: 'error',
      from: {
        path: '^(domain|spec|mock-server/(admin|api|sandbox|sandboxes|web))/',
        // Loads what its settings ask for at the start.
        pathNot: '\\.(test|suite)\\.ts$|^mock-server/web/log\\.ts$',
      },
      to: { dynamic: true },
    },
    {
      name: 'prism-stops-here',
      comment: 'Prism and fp-ts are wrapped once.',
      severity: 'error',
      from: { pathNot: '^spec/prism' },
      to: { path: 'node_modules/(@stoplight|fp-ts)/' },
    },
    {
      name: 'suites-share-no-code-with-the-fake',
      comment: 'A suite that shares code with what it judges shares its mistakes.',
      severity: 'error',
      from: { path: '^contracts/', pathNot: '^contracts/targets/fake\\.ts$' },
      to: { path: '^(domain|mock-server)/' },
    },
    {
      name: 'product-needs-no-suite',
      comment: 'The fake runs without its judges.',
      severity: 'error',
      from: { path: '^(domain|mock-server|spec|fixtures)/' },
      to: { path: '^(contracts|bench)/' },
    },
    {
      name: 'nothing-needs-the-program',
      comment: 'The program mounts the parts; each of them works without it.',
      severity: 'error',
      from: { pathNot: '^cli/' },
      to: { path: '^cli/' },
    },
    {
      name: 'fixtures-are-events',
      comment: 'Fixtures can only say what the domain can hear.',
      severity: 'error',
      from: { path: '^fixtures/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(mock-server|spec)/', pathNot: '^spec/vocabulary\\.ts$' },
    },
    {
      name: 'examples-use-the-package',
      comment: 'An example shows what others can do, who have no more than the package.',
      severity: 'error',
      from: { path: '^examples/' },
      to: { path: '^(domain|mock-server|spec|fixtures|contracts|cli|bench|scripts)/' },
    },
    {
      name: 'no-cycles',
      comment: 'A cycle hides which part is the foundation.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^dist/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
