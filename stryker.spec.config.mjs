// Mutation testing of spec/, by the tests of spec/ alone: every answer of the fake is judged, so that all its tests would
// have to run for whatever survives.
import { configure } from './stryker.config.mjs';

export default configure('spec', ['spec'], ['spec/judge-*.test.ts', 'spec/!(judge-*).test.ts']);
