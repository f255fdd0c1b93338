// The surroundings of `npx jest --selectProjects contracts`: the suites are loaded outside of Jest's sandbox, as modules of
// Node, and handed in as a function that defines the tests.
import { TestEnvironment } from 'jest-environment-node';
import { tsImport } from 'tsx/esm/api';

export default class ContractsEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    const { prepareProject } = await tsImport('./jest-project.ts', import.meta.url);
    this.contracts = await prepareProject();
    this.global.defineTheContracts = this.contracts.define;
  }

  async teardown() {
    await this.contracts?.close();
    await super.teardown();
  }
}
