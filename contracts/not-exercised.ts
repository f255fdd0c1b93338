// Thrown by a check that cannot be made here, through no fault of the target: it is reported with its reason, as not exercised.

export class NotExercised extends Error {
  override readonly name = 'NotExercised';
}
