// What keeps a check from its end and is not the fault of the rule that it is about: thrown, and reported as `could not run`.
import type { Exchange } from './events.ts';
import type { Answer, Reply } from './reply.ts';

export class CouldNotRun extends Error {
  override readonly name: string = 'CouldNotRun';
}

/** A request was lost on the way. */
export class Lost extends CouldNotRun {
  override readonly name: string = 'Lost';
  /** What was asked for, the how manieth time in a check, and what came. */
  place?: {
    readonly operation: string;
    readonly time: number;
    readonly exchange: Exchange | undefined;
  };
}

/** No answer came: refused, cut off, or not within the deadline. */
export class NoAnswer extends Lost {
  override readonly name = 'NoAnswer';
}

/** What answered stands before the API, also when asked once more. */
export class OutOfOrder extends Lost {
  override readonly name = 'OutOfOrder';
  readonly reply: Reply;
  constructor(message: string, reply: Reply) {
    super(message);
    this.reply = reply;
  }
}

/** What a check needs was refused when it was to be made. */
export class NotArranged extends CouldNotRun {
  override readonly name = 'NotArranged';
  readonly answer: Answer;
  /** Whether the contract surely allows what was refused. */
  readonly isDue: boolean;
  constructor(answer: Answer, expected: string, isDue: boolean) {
    const { asked, status, text } = answer;
    super(
      `What the check needs could not be arranged: ${asked} answered ${status}, not ${expected}: ${text.slice(0, 300)}`,
    );
    this.answer = answer;
    this.isDue = isDue;
  }
}

/** An answer has not the shape that a check has to read; what is wrong with it may be another rule's business. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  readonly answer: Answer;
  constructor(message: string, answer: Answer) {
    super(message);
    this.answer = answer;
  }
}
