// The tests of `npx jest --selectProjects contracts`: see jest-environment.mjs.
globalThis.defineTheContracts({ describe, test, afterAll });
