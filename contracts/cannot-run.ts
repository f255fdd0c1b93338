// The error of a run that is not possible as it was asked for.
export { CannotRun } from '../settings/cannot-run.ts';
