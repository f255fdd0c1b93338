// The run is not possible as it was asked for: the command ends with 2 and this one line.

export class CannotRun extends Error {
  override readonly name = 'CannotRun';
}
